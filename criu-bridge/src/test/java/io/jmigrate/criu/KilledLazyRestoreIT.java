package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * CRIU, or who brings the memory, is killed with SIGKILL in each phase of a lazy restore: the container runs with all of its memory, or
 * nothing of it is left, and the command says which.
 */
@Timeout(60)
class KilledLazyRestoreIT {
    @TempDir
    private static Path directory;

    private static ContainerFixture fixture;
    private static CheckedMemory memory;
    private static Path images;
    private static Set<String> before;

    enum Phase {
        /** CRIU waits for its call. */
        PREPARED,
        /** CRIU has made the first process, which shares its socket. */
        FORKED,
        /** Userfaultfds are handed over. */
        HANDED,
        /** The tree is complete and held. */
        HELD,
        /** It has been let go, and CRIU tidies up. */
        RESUMED
    }

    @BeforeAll
    static void dump() throws IOException {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
        memory = CheckedMemory.make(fixture, directory, "memory", 40);
        ContainerId id = fixture.runShell("memory", memory.bundle(), memory.streams());
        memory.awaitTicks();
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        before = traces();
    }

    @AfterAll
    static void close() {
        fixture.close();
        memory.close();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        await().untilAsserted(() -> assertThat(traces()).isEqualTo(before));
        assertThat(mountRoots()).allSatisfy(root -> assertThat(root).doesNotExist());
        assertThat(memory.said().toFile())
                .content()
                .as("no page was ever wrong")
                .doesNotContain("damaged");
    }

    /** Where CRIU mounts what it restores, in the container's mount namespace. */
    private static List<Path> mountRoots() throws IOException {
        Path log = images.resolve("restore.log");
        String text = Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        return Pattern.compile("/tmp/\\.criu\\.mntns\\.\\w{6}")
                .matcher(text)
                .results()
                .map(found -> Path.of(found.group()))
                .distinct()
                .toList();
    }

    private static Set<String> traces() throws IOException {
        return Traces.of(directory, fixture.id("killed").value());
    }

    @ParameterizedTest
    @CsvSource({
        "CRIU, PREPARED",
        "CRIU, FORKED",
        "CRIU, HANDED",
        "CRIU, HELD",
        "CRIU, RESUMED",
        "FILLER, FORKED",
        "FILLER, HANDED",
        "FILLER, HELD",
        "GUARD, FORKED",
        "GUARD, HANDED",
        "GUARD, HELD"
    })
    void theContainerRunsWholeOrNothingOfItIsLeft(Participant victim, Phase phase) throws IOException {
        ContainerId id = fixture.id("killed");
        RestoreRequest request =
                RestoreRequest.of(id, memory.bundle(), images, memory.streams()).withMemory(MemoryMode.LAZY);
        Killing killing = new Killing(victim, phase, images.resolve("restore.log"));

        Optional<Failure> failure = restore(request, killing);

        assertThat(killing.hasKilled()).isTrue();
        if (failure.isPresent()) {
            assertSaysWhatIsLeft(id, failure.get());
        } else {
            memory.awaitTicks();
            assertThat(fixture.runs(id)).isTrue();
        }
        fixture.containers().delete().delete(new DeleteRequest(id, true));
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "LAZY"})
    void aTreeThatIsKilledWhileItIsHeldIsNotWaitedFor(MemoryMode mode) {
        ContainerId id = fixture.id("killed");
        RestoreRequest request =
                RestoreRequest.of(id, memory.bundle(), images, memory.streams()).withMemory(mode);

        assertThatThrownBy(() -> fixture.restore().run(request, tree -> {
                    Processes.kill(tree.root(), Signal.KILL);
                    return RestoreVerdict.RESUME;
                }))
                .hasMessage("cannot restore " + id.inSentence()
                        + ": the first process that CRIU had made was killed; nothing of it is left");

        assertThat(fixture.containers().store().find(id)).isEmpty();
    }

    private static void assertSaysWhatIsLeft(ContainerId id, Failure failure) {
        if (fixture.containers().store().find(id).isEmpty()) {
            assertThat(failure).hasMessageStartingWith("cannot restore " + id.inSentence());
            assertThat(failure.code()).isEqualTo(CriuCode.RESTORE_FAILED);
        } else { // it came too late for that
            assertThat(failure.getMessage()).containsAnyOf("it is stopped", "it was killed");
            assertThat(fixture.containers().inspect(id).state().word()).isEqualTo("stopped");
        }
    }

    private Optional<Failure> restore(RestoreRequest request, Killing killing) {
        try (PreparedRestore prepared = fixture.restore().prepare(request)) {
            killing.begin();
            prepared.run(killing);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }
}
