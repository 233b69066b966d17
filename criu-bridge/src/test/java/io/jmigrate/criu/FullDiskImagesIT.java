package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file system that has no room for the images. */
class FullDiskImagesIT {
    @TempDir
    Path directory;

    private ContainerFixture fixture;
    private Path small;

    @BeforeEach
    void open() throws IOException {
        fixture = ContainerFixture.open(directory);
        small = Files.createDirectory(directory.resolve("small"));
    }

    @AfterEach
    void close() {
        try {
            fixture.close();
        } finally {
            run(List.of("umount", small.toString()));
        }
    }

    /** The smallest has no room for the log that says so either; from 32 MiB on memory is not written by CRIU. */
    @ParameterizedTest
    @CsvSource({"2m, 16, false", "300k, 16, false", "8k, 16, false", "20m, 40, false", "20m, 40, true"})
    void theContainerRunsOnAndNothingButTheLogIsLeft(String size, int mebibytes, boolean leaveRunning) {
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "jmigrate-test", small.toString()));
        try (CheckedMemory memory = CheckedMemory.make(fixture, directory, "memory", mebibytes)) {
            ContainerId id = fixture.runShell("memory", memory.bundle(), memory.streams());
            memory.awaitTicks();

            Path images = small.resolve("images");
            assertThatThrownBy(() -> fixture.checkpoint()
                            .run(CheckpointRequest.of(id, images).withLeaveRunning(leaveRunning)))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .isIn(CriuCode.NO_SPACE, PageCode.PAGES_NO_SPACE))
                    .hasMessageStartingWith("cannot dump " + id.inSentence() + ": no space is left for the ")
                    .hasMessageContaining(images.toString())
                    .hasMessageEndingWith("; it runs on");

            assertThat(images.toFile().list()).containsOnly("dump.log");
            memory.awaitTicks();
            assertThat(fixture.runs(id)).as("its memory is as it was").isTrue();
            fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("images")));
        }
    }
}
