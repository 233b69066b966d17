package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DepartureMark;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.NamespaceVisit;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CRIU is killed with SIGKILL when it has dumped everything, while somebody talks to the container over TCP. */
@Timeout(120)
class KilledCriuIT {
    private static final int PORT = 7000;
    private static final String ECHO = "while :; do nc -l -p 7000 -e cat; done";

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private ContainerId id;
    private Path images;
    private NetworkNamespace network;
    private Socket client;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
    }

    private void connect(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--", "/bin/sh", "-c", ECHO));
        id = fixture.runShell("echo", fixture.bundle("busybox", arguments.toArray(String[]::new)), nullStreams());
        network = new NetworkNamespace(Path.of("/proc/" + fixture.root(id).pid() + "/ns/net"));
        await().until(() -> connected().map(socket -> client = socket).isPresent());
        assertAnswers("before");
    }

    @AfterEach
    void close() throws IOException {
        if (client != null) {
            client.close();
        }
        fixture.close();
    }

    /** In a network that others use too. */
    private void connectAtAnother() throws IOException {
        ContainerId other = fixture.runShell("other", fixture.bundle("counter"), nullStreams());
        connect("--netns", "/proc/" + fixture.root(other).pid() + "/ns/net");
    }

    private Optional<Socket> connected() {
        return NamespaceVisit.to(network.path(), () -> {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT));
                socket.setSoTimeout(60_000);
                return Optional.of(socket);
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private void assertAnswers(String word) throws IOException {
        client.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
                        .readLine())
                .isEqualTo(word);
    }

    private static void killCriu() {
        ProcessHandle criu = Participant.CRIU.find().orElseThrow();
        Processes.kill((int) criu.pid(), Signal.KILL);
        criu.onExit().join();
    }

    private void assertGoesOn() throws IOException {
        assertThat(fixture.runs(id)).isTrue();
        assertAnswers("after");
        assertThat(new FilterTables(network).names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--id=echo", "--user-namespace"})
    void theConnectionGoesOnWhenTheTreeIsToLive(String option) throws IOException {
        connect(option.split("="));
        CheckpointRequest request = CheckpointRequest.of(id, images);
        fixture.checkpoint().run(request, _ -> {
            assertThat(new FilterTables(network).names()).isNotEmpty().allMatch(name -> name.startsWith("CRIU"));
            killCriu();
            return DumpVerdict.THAW;
        });

        assertGoesOn();
    }

    @Test
    void itGoesOnWhenTheDumpHasFailedByIt() throws IOException {
        connect();
        CheckpointRequest request = CheckpointRequest.of(id, images).withLeaveRunning(true);
        assertThatThrownBy(() -> fixture.checkpoint().run(request, _ -> {
                    killCriu();
                    return DumpVerdict.THAW;
                }))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.DUMP_FAILED))
                .hasMessageEndingWith("it runs on");

        assertGoesOn();
    }

    @Test
    void inANetworkOfOthersItGoesOnToo() throws IOException {
        connectAtAnother();
        CheckpointRequest request = CheckpointRequest.of(id, images);
        CheckpointContainer checkpoint = fixture.checkpoint();
        assertThatThrownBy(() -> checkpoint.run(request.withLeaveRunning(true), _ -> {
                    killCriu();
                    return DumpVerdict.THAW;
                }))
                .hasMessageEndingWith("it runs on");
        assertGoesOn();

        checkpoint.run(request, _ -> {
            killCriu();
            return DumpVerdict.LEAVE_FROZEN;
        });
        DumpMark.of(fixture.containers().store(), id)
                .write(new DumpMark.Content(DumpMark.Before.RUNNING, new ProcessRef(1, 1)));
        new SettleContainer(fixture.containers()).settle(id);
        assertGoesOn();
    }

    @Test
    void aTableWithoutConnectionsIsNotLeftForARestore() throws IOException {
        ContainerId other = fixture.runShell("other", fixture.bundle("counter"), nullStreams());
        network = new NetworkNamespace(Path.of("/proc/" + fixture.root(other).pid() + "/ns/net"));
        Path bundle = fixture.bundle("busybox", "--netns", network.path().toString());
        ContainerId quiet = fixture.runShell("quiet", bundle, nullStreams());

        fixture.checkpoint().run(CheckpointRequest.of(quiet, images));

        assertThat(new FilterTables(network).names()).isEmpty();
        fixture.restore().run(RestoreRequest.of(quiet, bundle, images, nullStreams()));
        assertThat(fixture.runs(quiet)).isTrue();
        assertThat(new FilterTables(network).names()).isEmpty();
    }

    @Test
    void itGoesOnWhenSomebodyElseFindsTheContainerFrozenAndResumesIt() throws IOException {
        connect();
        CheckpointRequest request = CheckpointRequest.of(id, images);
        fixture.checkpoint().run(request, _ -> {
            killCriu();
            return DumpVerdict.LEAVE_FROZEN;
        });
        SettleContainer heir = new SettleContainer(fixture.containers());
        assertThat(heir.settle(id)).as("it is to stay as it is").isEmpty();
        DumpMark mark = DumpMark.of(fixture.containers().store(), id);
        mark.write(new DumpMark.Content(DumpMark.Before.LEAVING, new ProcessRef(1, 1)));
        DepartureMark departure = DepartureMark.of(fixture.containers().store(), id);
        departure.write(new DepartureMark.Content("4f1c", false));
        assertThat(heir.settle(id)).as("it may run elsewhere").isEmpty();
        departure.remove();
        mark.write(new DumpMark.Content(DumpMark.Before.PAUSED, new ProcessRef(1, 1)));
        assertThat(heir.settle(id)).as("its user had paused it").isPresent();
        assertThat(mark.read()).isEmpty();
        assertThat(state()).isEqualTo("paused");

        ResumeContainer resume = new ResumeContainer(fixture.containers());
        resume.resume(id);
        assertGoesOn();

        mark.write(new DumpMark.Content(DumpMark.Before.PAUSED, new ProcessRef(1, 1)));
        heir.settle(id);
        assertThat(state()).as("CRIU had thawed it").isEqualTo("paused");
        mark.write(new DumpMark.Content(DumpMark.Before.RUNNING, new ProcessRef(1, 1)));
        resume.resume(id);
        assertThat(mark.read()).isEmpty();
        assertGoesOn();

        mark.write(new DumpMark.Content(DumpMark.Before.RUNNING, new ProcessRef(1, 1)));
        fixture.containers().pause().pause(id);
        heir.settle(id);
        assertThat(state()).as("its user has paused it since").isEqualTo("paused");
        resume.resume(id);
        assertGoesOn();
    }

    private String state() {
        return fixture.containers().inspect(id).state().word();
    }
}
