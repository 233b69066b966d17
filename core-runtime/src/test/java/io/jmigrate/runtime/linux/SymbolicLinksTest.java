package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolicLinksTest {
    @TempDir
    private Path directory;

    @Test
    void sayWhatTheyWereTold() throws IOException {
        Path link = directory.resolve("link");
        SymbolicLinks.make(link, "//srv/../ä//b/");
        assertThat(Files.readSymbolicLink(link)).hasToString("//srv/../ä//b/");
        assertThatThrownBy(() -> SymbolicLinks.make(link, "other"))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    }
}
