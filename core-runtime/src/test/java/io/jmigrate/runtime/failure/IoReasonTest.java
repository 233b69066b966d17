package io.jmigrate.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
    @TempDir
    private Path directory;

    private interface Act {
        void run() throws IOException;
    }

    private static String reason(Act act) {
        try {
            act.run();
        } catch (IOException e) {
            return IoReason.of(e);
        }
        throw new AssertionError("it worked");
    }

    @Test
    void saysWhyAndNotWhat() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(reason(() -> Files.readString(directory.resolve("none")))).isEqualTo("no such file or directory");
        assertThat(reason(() -> Files.readString(directory))).isEqualTo("is a directory");
        assertThat(reason(() -> Files.createFile(file))).isEqualTo("file exists");
        assertThat(reason(() -> Files.readString(file.resolve("below")))).isEqualTo("not a directory");
        assertThat(reason(() -> Files.delete(directory))).isEqualTo("directory not empty");
        assertThat(reason(() -> Files.newDirectoryStream(file).close())).isEqualTo("not a directory");
        assertThat(reason(() -> Files.writeString(Path.of("/dev/full"), "x"))).isEqualTo("no space left on device");
        assertThat(reason(() -> new DataInputStream(InputStream.nullInputStream()).readInt()))
                .isEqualTo("it ends too early");
        assertThat(IoReason.of(new IOException())).isEqualTo("no reason is given");
    }

    @Test
    void otherExceptionsSayItThemselves() {
        Exception refused = new IllegalStateException("it can't be locked");
        assertThat(IoReason.of(refused)).isEqualTo("it can't be locked");
        Exception missing = new NoSuchFileException("name");
        assertThat(IoReason.of(missing)).isEqualTo("no such file or directory");
    }
}
