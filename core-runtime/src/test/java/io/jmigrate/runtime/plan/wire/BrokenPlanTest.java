package io.jmigrate.runtime.plan.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The native init gets plans that no encoder writes. Its first step can't succeed, so that nothing is done by accident. */
class BrokenPlanTest {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir"));
    private static final int FAILED = 3;
    private static final int EPROTO = 71;
    private static final int EINVAL = 22;
    private static final int ENOENT = 2;

    private FrontConnection launcher;

    @BeforeEach
    void open() {
        launcher = Launchers.open(NATIVE.resolve("jmigrate"));
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private record Verdict(int step, int errno) {}

    private static byte[] plan() {
        return impossible(List.of(
                Clone.of(Set.of(NamespaceKind.MOUNT)),
                new SetUser(1, 2, List.of(3, 4)),
                new FindExecutable("true", "/bin"),
                new Execute(List.of("true", "x"), List.of("A=b"), 0)));
    }

    /** These steps after one that can't succeed. */
    private static byte[] impossible(List<Step> rest) {
        List<Step> steps =
                new ArrayList<>(List.of(new JoinNamespace(Path.of("/no/such/namespace"), NamespaceKind.NETWORK)));
        steps.addAll(rest);
        ByteBuffer encoded = PlanEncoder.encode(Plan.of(steps));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** What the init says to it; it must end by itself with code 1. */
    private Verdict verdict(byte[] plan) throws Exception {
        try (FdPair sync = Sockets.pair(SocketType.SEQPACKET);
                Fd memory = Descriptors.memfd("plan", ByteBuffer.wrap(plan), true)) {
            Child init = launcher.launch(
                    Launch.of(NATIVE.resolve("jmigrate-init")).withDescriptors(Map.of(3, sync.second(), 4, memory)));
            assertThat(init.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new ExitStatus.Exited(1));
            Received received = Sockets.receive(sync.first(), 12, 0);
            assertThat(received.data().getInt()).isEqualTo(FAILED);
            return new Verdict(received.data().getInt(), received.data().getInt());
        }
    }

    @Test
    void refusesEveryPlanThatIsCutShort() throws Exception {
        byte[] whole = plan();
        assertThat(verdict(whole)).isEqualTo(new Verdict(0, ENOENT));
        for (int length = 0; length < whole.length; length++) {
            assertThat(verdict(Arrays.copyOf(whole, length)))
                    .as("cut to %d bytes", length)
                    .isEqualTo(new Verdict(-1, EPROTO));
        }
        assertThat(verdict(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(new Verdict(-1, EPROTO));
    }

    @Test
    void survivesFlippedBits() throws Exception {
        Random random = new Random(42);
        byte[] container = impossible(
                BusyboxPlan.shell(Path.of("/no/such/root"), true, "true").steps());
        for (int i = 0; i < 300; i++) {
            byte[] bytes = i % 2 == 0 ? plan() : container.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(verdict(bytes).errno()).as("byte %d", at).isIn(EPROTO, EINVAL, ENOENT);
        }
    }

    @Test
    void survivesGarbage() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            ByteBuffer garbage = ByteBuffer.allocate(12 + random.nextInt(5000)).order(ByteOrder.LITTLE_ENDIAN);
            random.nextBytes(garbage.array());
            garbage.put("JMPLAN01".getBytes(StandardCharsets.US_ASCII)).putInt(1 + random.nextInt(100));
            assertThat(verdict(garbage.array()).errno()).isEqualTo(EPROTO);
        }
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        byte[] bytes = plan();
        bytes[7] = '2';
        assertThat(verdict(bytes)).isEqualTo(new Verdict(-1, EPROTO));
    }
}
