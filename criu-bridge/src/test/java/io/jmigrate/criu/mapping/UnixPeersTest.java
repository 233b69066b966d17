package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.UnixSocketEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnixPeersTest {
    private static final List<ExternalMount> MOUNTS = List.of(
            new ExternalMount("/host", "/host", Path.of("/gone")),
            new ExternalMount("/dev/log", "/dev/log", Path.of("/gone/journal/dev-log")),
            new ExternalMount("/sockets", "/sockets", Path.of("/gone/sockets")));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "/gone/journal/dev-log, /dev/log",
        "/gone/sockets/a/b, /sockets/a/b",
        "/gone/other, /host/other",
        "/elsewhere/x, /elsewhere/x",
        "/gonethen, /gonethen"
    })
    void aSocketOfTheHostGetsTheNameThatTheContainerHasForIt(String onHost, String inContainer) {
        FileEntry renamed = UnixPeers.renamed(socket(onHost + "\0", 1), MOUNTS);

        assertThat(renamed.getUsk().getName().toStringUtf8()).isEqualTo(inContainer + "\0");
    }

    @Test
    void theTreesOwnSocketsAndAbstractOnesKeepTheirNames() {
        FileEntry own = socket("/gone/other\0", 0);
        FileEntry isAbstract = socket("\0bus", 1);

        assertThat(UnixPeers.renamed(own, MOUNTS)).isEqualTo(own);
        assertThat(UnixPeers.renamed(isAbstract, MOUNTS)).isEqualTo(isAbstract);
    }

    @Test
    void aSourceThatIsALinkIsKnownByItsTarget() throws IOException {
        Path target = Files.createDirectory(directory.resolve("run"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        Path image = directory.resolve("files.img");
        ImageFile.replace(image, ImageKind.FILES, List.of(socket(target.resolve("s") + "\0", 1)));

        StreamImages.generalise(directory, List.of(), List.of(new ExternalMount("/s", "/s", link)));

        assertThat(ImageFile.read(image, ImageKind.FILES, FileEntry.parser()))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.getUsk().getName().toStringUtf8()).isEqualTo("/s/s\0"));
    }

    private static FileEntry socket(String name, int flags) {
        UnixSocketEntry socket = UnixSocketEntry.newBuilder()
                .setIno(7)
                .setType(2)
                .setState(10)
                .setUflags(flags)
                .setPeer(0)
                .setName(ByteString.copyFromUtf8(name))
                .build();
        return FileEntry.newBuilder().setType(5).setId(8).setUsk(socket).build();
    }
}
