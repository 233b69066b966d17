package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStreamTest {
    private static final int REGULAR = 0100644;
    private static final int CHARACTER = 0020666;

    @TempDir
    Path directory;

    @Test
    void aPipeIsNamedByItsLink() {
        assertThat(new OpenStream(1, "pipe:[4711]", 14, 4711, 0010600).onHost(Set.of(14)))
                .contains(new HostStream(1, StreamKind.PIPE, "pipe:[4711]"));
    }

    @Test
    void aFileOfTheHostIsNamedByMountAndInodeInHexadecimal() {
        assertThat(new OpenStream(1, "/var/log/web", 27, 4660, REGULAR).onHost(Set.of(500)))
                .contains(new HostStream(1, StreamKind.FILE, "file[1b:1234]"));
        assertThat(new OpenStream(0, "/dev/null", 27, 3, CHARACTER).onHost(Set.of(500)))
                .contains(new HostStream(0, StreamKind.DEVICE, "file[1b:3]"));
    }

    @Test
    void whatIsInsideTheContainerIsLeftToCriu() {
        assertThat(new OpenStream(1, "/dev/null", 27, 3, CHARACTER).onHost(Set.of(27)))
                .isEmpty();
    }

    @Test
    void theListOfStreamsComesBackAsItWasWritten() {
        List<HostStream> streams = List.of(
                new HostStream(0, StreamKind.DEVICE, "file[1b:3]"), new HostStream(1, StreamKind.PIPE, "pipe:[9]"));
        StreamsFile.write(directory, List.of("/dev/null", "pipe:[9]", "/with \"quotes\""), streams);

        assertThat(StreamsFile.read(directory)).isEqualTo(streams);
        assertThat(directory.resolve(StreamsFile.DESCRIPTORS))
                .hasContent("[\"/dev/null\", \"pipe:[9]\", \"/with \\\"quotes\\\"\"]");
    }

    @Test
    void ofImagesThatRuncMadeOnlyPipesAreKnown() throws IOException {
        Files.writeString(directory.resolve(StreamsFile.DESCRIPTORS), "[\"/dev/null\",\"pipe:[1]\",\"pipe:[2]\"]");

        assertThat(StreamsFile.read(directory))
                .containsExactly(
                        new HostStream(1, StreamKind.PIPE, "pipe:[1]"), new HostStream(2, StreamKind.PIPE, "pipe:[2]"));
    }
}
