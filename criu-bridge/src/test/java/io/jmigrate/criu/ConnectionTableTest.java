package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTableTest {
    private static final String FIRST = "49376899-5fbb-4c95-80c4-8d970c5abb9c";
    private static final String SECOND = "2ddf9a8f-bb8a-4013-85a4-6c65d316cf3b";

    @TempDir
    private Path directory;

    @Test
    void aLogBeginsWithWhoWroteIt() throws IOException {
        Path log = directory.resolve("dump.log");
        assertThat(ConnectionTable.run(log)).isEmpty();
        Files.writeString(log, "");
        assertThat(ConnectionTable.run(log)).isEmpty();
        Files.writeString(log, "(00.000085) Version: 4.2.1 (gitid 0)\n");
        assertThat(ConnectionTable.run(log)).isEmpty();
        String begin = "(00.000000) CRIU run id = ";
        Files.writeString(log, begin + FIRST + "\n" + begin + SECOND + "\n(00.1) Version: 4.2.1\n" + begin + FIRST);
        assertThat(ConnectionTable.run(log)).hasValue(SECOND);
    }

    @Test
    void whatAProgramHasAsItsNameSaysNothing() throws IOException {
        Path log = directory.resolve("dump.log");
        Files.writeString(log, "(00.01) Dumping \n(00.000000) CRIU run id = " + FIRST + "\n");
        assertThat(ConnectionTable.run(log)).isEmpty();
    }
}
