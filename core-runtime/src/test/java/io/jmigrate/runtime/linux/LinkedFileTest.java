package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /proc} links to, of this process. */
class LinkedFileTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    @Test
    void tellsOfAFileThatHasLostItsName() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[100_000]);
        try (Fd fd = Descriptors.open(file)) {
            Files.delete(file);

            assertThat(LinkedFile.behind(link(fd))).hasValueSatisfying(found -> {
                assertThat(found.isRegular()).isTrue();
                assertThat(found.names()).isZero();
                assertThat(found.mountId())
                        .isIn(MountInfo.ofSelf().stream()
                                .map(mount -> (long) mount.id())
                                .toList());
            });
        }
    }

    @Test
    void tellsWhichDeviceItIs() {
        try (Fd fd = Descriptors.open(Path.of("/dev/null"))) {
            assertThat(LinkedFile.behind(link(fd))).hasValueSatisfying(found -> {
                assertThat(found.isCharacterDevice()).isTrue();
                assertThat(found.device()).isEqualTo(new DeviceNumber(1, 3));
            });
        }
    }

    @Test
    void thereIsNothingBehindALinkThatIsGone() {
        assertThat(LinkedFile.behind(Path.of("/proc/" + SELF + "/fd/99999"))).isEmpty();
        assertThat(SocketProtocol.of(SELF, 99999)).isEmpty();
    }

    @Test
    void socketsTellWhatTheySpeak() throws IOException {
        try (SocketChannel _ = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel _ = SocketChannel.open(StandardProtocolFamily.INET)) {
            assertThat(protocols()).contains("UNIX-STREAM", "TCP");
        }
    }

    private static Stream<String> protocols() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            int[] numbers = links.mapToInt(
                            link -> Integer.parseInt(link.getFileName().toString()))
                    .toArray();
            return IntStream.of(numbers)
                    .mapToObj(number -> SocketProtocol.of(SELF, number))
                    .flatMap(Optional::stream);
        }
    }

    private static Path link(Fd fd) {
        return Path.of("/proc/" + SELF + "/fd/" + fd.number());
    }
}
