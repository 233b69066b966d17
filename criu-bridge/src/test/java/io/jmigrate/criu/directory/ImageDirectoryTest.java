package io.jmigrate.criu.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void namesTheWorkDirectoryThatCannotBeMadeAndMakesNoOther() {
        Path images = directory.resolve("images");
        Path work = Path.of("/proc/none");

        assertThatThrownBy(() -> ImageDirectory.toWrite(images, Optional.of(work), "dump.log"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.IMAGES_INVALID))
                .hasMessageStartingWith("cannot use /proc/none as work directory: ");
        assertThat(images).doesNotExist();
    }
}
