package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SocketsTest {
    private static ByteBuffer bytes(int count) {
        return ByteBuffer.wrap(new byte[count]);
    }

    @Test
    void keepsMessagesApartAndCarriesDescriptors() {
        try (FdPair pair = Sockets.pair(SocketType.SEQPACKET);
                FdPair pipe = Descriptors.pipe()) {
            Sockets.send(pair.first(), bytes(3), List.of(pipe.first(), pipe.second()));
            Sockets.send(pair.first(), bytes(5), List.of());
            Received first = Sockets.receive(pair.second(), 100, 8);
            assertThat(first.data().remaining()).isEqualTo(3);
            assertThat(first.fds()).hasSize(2);
            assertThat(Descriptors.target(first.fds().getFirst())).isEqualTo(Descriptors.target(pipe.first()));
            first.fds().forEach(Fd::close);
            assertThat(Sockets.receive(pair.second(), 100, 8).data().remaining())
                    .isEqualTo(5);
        }
    }

    @Test
    void refusesMoreDescriptorsThanExpected() {
        try (FdPair pair = Sockets.pair(SocketType.STREAM);
                FdPair pipe = Descriptors.pipe()) {
            Sockets.send(pair.first(), bytes(1), List.of(pipe.first(), pipe.second(), pipe.first()));
            assertThatThrownBy(() -> Sockets.receive(pair.second(), 10, 1)).hasMessageContaining("more than 1 descr");
        }
    }

    @Test
    void saysWhenThePeerIsGone() {
        try (FdPair pair = Sockets.pair(SocketType.STREAM)) {
            pair.first().close();
            assertThat(Sockets.receive(pair.second(), 10, 1).eof()).isTrue();
            assertThatThrownBy(() -> Sockets.send(pair.second(), bytes(1), List.of()))
                    .extracting(e -> ((LinuxException) e).errno())
                    .isEqualTo(Errno.EPIPE);
        }
    }

    @Test
    void sendsMoreThanTheSocketHoldsWhileSomebodyReads() throws InterruptedException {
        try (FdPair pair = Sockets.pair(SocketType.STREAM)) {
            Thread sender = Thread.ofPlatform().start(() -> Sockets.send(pair.first(), bytes(3 << 20), List.of()));
            int received = 0;
            while (received < 3 << 20) {
                received += Sockets.receive(pair.second(), 1 << 16, 1).data().remaining();
            }
            sender.join();
            assertThat(received).isEqualTo(3 << 20);
        }
    }

    @Test
    void listensUnderANameThatOnlyItsOwnerMayUse(@TempDir Path directory) throws IOException {
        Path name = directory.resolve("s.sock");
        try (Fd listening = Sockets.listen(name, 0600);
                Fd client = Sockets.connect(name);
                Fd server = Sockets.accept(listening)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(name)))
                    .isEqualTo("rw-------");
            PeerCredentials peer = Sockets.peerCredentials(server);
            assertThat(peer.pid()).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(peer.uid()).isEqualTo(Processes.effectiveUid());
            assertThat(client.isOpen()).isTrue();
            assertThatThrownBy(() -> Sockets.listen(name, 0600)).hasMessageContaining("already in use");
        }
        assertThatThrownBy(() -> Sockets.connect(name)).hasMessageContaining("connection refused");
    }
}
