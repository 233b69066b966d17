package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CRIU is stopped with SIGSTOP in the midst of its work: it is ended, a container runs on, and of a restore nothing is left. */
@Timeout(120)
class HungCriuIT {
    private static final Signal STOP = Signal.parse("STOP").orElseThrow();
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String NO_SIGN = ": CRIU showed no sign of life for 1 s and was ended; ";

    @TempDir
    private static Path directory;

    private static ContainerFixture fixture;
    private static CheckedMemory memory;
    private static ContainerId id;

    @BeforeAll
    static void run() {
        fixture = ContainerFixture.open(directory);
        memory = CheckedMemory.make(fixture, directory, "memory", 40);
        id = fixture.runShell("hung", memory.bundle(), memory.streams());
        memory.awaitTicks();
    }

    @AfterAll
    static void close() {
        fixture.close();
        memory.close();
    }

    private static void assertHung(ThrowingCallable act, String sentence) {
        assertThatThrownBy(act).hasMessage(sentence).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.code())
                .isEqualTo(CriuCode.CRIU_HUNG));
    }

    private static void assertRunsOn() {
        memory.awaitTicks();
        assertThat(fixture.runs(id)).isTrue();
        assertThat(memory.said().toFile()).content().doesNotContain("damaged");
    }

    enum Phase {
        /** Nothing is touched yet. */
        FREEZING,
        /** CRIU holds the processes. */
        STOPPED,
        /** All is dumped. */
        FROZEN
    }

    @ParameterizedTest
    @EnumSource
    void theContainerOfADumpRunsOn(Phase phase) {
        Path images = directory.resolve("half");
        CheckpointRequest request = CheckpointRequest.of(id, images)
                .withTerms(DumpTerms.NONE.withTimeout(LIMIT))
                .withLeaveRunning(phase == Phase.FROZEN);

        assertHung(
                () -> fixture.checkpoint().run(request, new Stopping(phase)),
                "cannot dump " + id.inSentence() + NO_SIGN + "it runs on");

        assertThat(images.toFile().list()).containsOnly("dump.log");
        assertRunsOn();
    }

    /** Stops CRIU while it waits for an answer, so that nothing happens after the answer. */
    private record Stopping(Phase wanted) implements DumpListener {
        private void at(Phase phase) {
            if (phase == wanted) {
                assertThat(Participant.CRIU.signal(STOP)).isTrue();
            }
        }

        @Override
        public void freezing() {
            at(Phase.FREEZING);
        }

        @Override
        public void stopped() {
            at(Phase.STOPPED);
        }

        @Override
        public DumpVerdict frozen(FrozenTree tree) {
            at(Phase.FROZEN);
            return DumpVerdict.THAW;
        }
    }

    @Test
    void nothingIsLeftOfARestore() throws IOException {
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        Set<String> before = Traces.of(directory, id.value());
        RestoreRequest request = RestoreRequest.of(id, memory.bundle(), images, memory.streams())
                .withTerms(RestoreTerms.NONE.withTimeout(LIMIT));
        String sentence = "cannot restore " + id.inSentence() + NO_SIGN + "nothing of it is left";

        for (MemoryMode mode : Set.of(MemoryMode.EAGER, MemoryMode.LAZY)) {
            try (HeldHook hook = HeldHook.in(memory.bundle(), () -> Participant.CRIU.signal(STOP))) {
                assertHung(() -> fixture.restore().run(request.withMemory(mode)), sentence);
                assertThat(hook.done()).isTrue();
            }
            assertLeft(before);
        }
        assertHung(
                () -> fixture.restore().run(request, _ -> {
                    Participant.CRIU.signal(STOP);
                    return RestoreVerdict.RESUME;
                }),
                sentence);
        assertLeft(before);

        fixture.restore().run(request);
        assertRunsOn();
    }

    /** Who was killed may be a zombie still. */
    private static void assertLeft(Set<String> before) {
        await().untilAsserted(() -> assertThat(Traces.of(directory, id.value())).isEqualTo(before));
    }
}
