package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.runtime.network.ConnectionLock.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpConnectionsTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ESTABLISHED = 1;
    private static final int SYN_SENT = 2;
    private static final int CLOSED = 7;
    private static final int CLOSE_WAIT = 8;
    private static final int LISTENING = 10;

    @TempDir
    Path images;

    private void write(FileEntry... entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(images.resolve("files.img"));
                ImageWriter writer = new ImageWriter(out, ImageKind.FILES)) {
            for (FileEntry entry : entries) {
                writer.write(entry);
            }
        }
    }

    private static FileEntry socket(int protocol, int state, int port, int otherPort) {
        InetSocketEntry.Builder socket = InetSocketEntry.newBuilder()
                .setFamily(2)
                .setType(1)
                .setProto(protocol)
                .setState(state)
                .setSrcPort(port)
                .setDstPort(otherPort);
        return FileEntry.newBuilder().setType(4).setId(1).setIsk(socket).build();
    }

    @Test
    void areNeitherListenersNorClosedOnesNorOfUdp() throws IOException {
        write(socket(TCP, LISTENING, 80, 0), socket(TCP, CLOSED, 0, 0), socket(UDP, ESTABLISHED, 5000, 53));

        assertThat(TcpConnections.in(images)).isFalse();
        assertThat(TcpConnections.within(images)).isEmpty();
    }

    @Test
    void areWithinATreeThatHasBothEndsOrTheListenerOfOneThatWasNotAnswered() throws IOException {
        write(
                socket(TCP, LISTENING, 80, 0),
                socket(TCP, ESTABLISHED, 4000, 80),
                socket(TCP, CLOSE_WAIT, 80, 4000),
                socket(TCP, SYN_SENT, 4001, 80),
                socket(TCP, SYN_SENT, 4002, 81),
                socket(TCP, ESTABLISHED, 80, 4003));

        assertThat(TcpConnections.in(images)).isTrue();
        assertThat(TcpConnections.within(images))
                .containsExactlyInAnyOrder(new Ports(4000, 80), new Ports(80, 4000), new Ports(4001, 80));
    }

    @Test
    void imagesWithoutSocketsAreDamaged() {
        assertThatThrownBy(() -> TcpConnections.in(images))
                .hasMessageContaining("cannot read the sockets in " + images);
    }
}
