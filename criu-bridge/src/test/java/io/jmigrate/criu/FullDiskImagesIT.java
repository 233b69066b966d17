package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.ContainerFixture.run;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The smallest has no room for the log that says so either. */
    @ParameterizedTest
    @ValueSource(strings = {"2m", "300k", "8k"})
    void theContainerRunsOnAndNothingButTheLogIsLeft(String size) throws IOException {
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "jmigrate-test", small.toString()));
        Path bundle = fixture.bundle("memory", "--mib", "16");
        ContainerId id = fixture.runShell("memory", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/report")));

        Path images = small.resolve("images");
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.NO_SPACE))
                .hasMessage("cannot dump " + id.inSentence() + ": no space left for the images; it runs on");

        assertThat(images.toFile().list()).containsOnly("dump.log");
        long ticks = ticks(bundle);
        await().until(() -> ticks(bundle) > ticks);
        assertThat(fixture.runs(id)).as("its memory is as it was").isTrue();
        fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("images")));
    }

    /** The report begins with {@code count N}. */
    private static long ticks(Path bundle) throws IOException {
        return Long.parseLong(Files.readString(bundle.resolve("rootfs/report")).split(" ")[1]);
    }
}
