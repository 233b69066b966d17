package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivedFilesTest {
    @TempDir
    private Path directory;

    @Test
    void anImageThatCannotBeOpenedIsAFailureOfMemory() {
        try (Fd arrived = Descriptors.open(directory);
                ArrivedFiles files = new ArrivedFiles(directory, arrived)) {
            assertThatThrownBy(() -> files.descriptor(7))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_IO))
                    .hasMessageContaining("pages-7.img");
        }
    }
}
