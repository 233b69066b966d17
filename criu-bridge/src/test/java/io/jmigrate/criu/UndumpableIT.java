package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.ContainerFixture.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers with something in them that CRIU can't dump are told apart before anything is touched. */
class UndumpableIT {
    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "userfaultfd"})
    void aKernelObjectIsNamedWithItsHolder(String object) {
        Path bundle = fixture.bundle("holder", "--holds", object);
        ContainerId id = fixture.runShell("holder", bundle, nullStreams());
        int pid = fixture.root(id).pid();
        await().until(() -> holds(pid, object));

        assertRefused(
                id,
                "process " + pid + " (holder) holds " + (object.startsWith("i") ? "an " : "a ") + object
                        + " (descriptor 3)");
    }

    @Test
    void aProcessThatExecStartedIsNamed() {
        ContainerId id = fixture.runShell("exec", fixture.bundle("busybox"), nullStreams());
        int pid = fixture.exec(id, "/bin/sleep", "1000").pid();

        assertRefused(
                id,
                "process " + pid
                        + " (sleep) does not descend from the container's first process: exec started it, or its"
                        + " parent has left it");
    }

    /** It puts the file in the place of its standard output, and that elsewhere, each time it writes a number. */
    @Test
    void whatAShellRedirectsForAMomentIsNone() throws IOException {
        String counting = "i=0; while :; do i=$((i+1)); echo $i > /count; done";
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", counting);
        try (TestStream stream = TestStream.Kind.FILE.open(directory)) {
            ContainerId id = fixture.runShell("counter", bundle, output(stream));

            for (int look = 0; look < 100; look++) {
                assertThat(fixture.checkpoint().obstacles(id)).isEmpty();
            }
        }
    }

    private void assertRefused(ContainerId id, String obstacle) {
        Path images = directory.resolve("images");
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(CriuCode.UNDUMPABLE);
                    assertThat(failure.details()).isEqualTo(List.of(obstacle));
                })
                .hasMessage(id.inSentence() + " holds what can't be dumped; it runs on");
        assertThat(images).doesNotExist();
        assertThat(fixture.runs(id)).isTrue();
    }

    private static boolean holds(int pid, String object) throws IOException {
        Path link = Path.of("/proc/" + pid + "/fd/3");
        return Files.isSymbolicLink(link)
                && Files.readSymbolicLink(link).toString().equals("anon_inode:[" + object + "]");
    }
}
