package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TcpRepairTest {
    @Test
    void whatIsNoTcpSocketIsNotInRepairMode() {
        try (FdPair pipe = Descriptors.pipe();
                FdPair sockets = Sockets.pair(SocketType.STREAM)) {
            assertThat(TcpRepair.isOn(pipe.first())).isFalse();
            assertThat(TcpRepair.isOn(sockets.first())).isFalse();
        }
    }

    @Test
    void aConnectionIsNotUnlessSomebodyPutItThere() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket _ = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket _ = server.accept()) {
            int self = (int) ProcessHandle.current().pid();
            List<Integer> sockets = sockets();
            assertThat(sockets).isNotEmpty();
            for (int number : sockets) {
                try (Fd socket = Processes.descriptorOf(self, number)) {
                    assertThat(TcpRepair.isOn(socket)).isFalse();
                }
            }
        }
    }

    private static List<Integer> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(link -> Files.isSymbolicLink(link))
                    .filter(link -> Descriptors.readlink(link).startsWith("socket:"))
                    .map(link -> Integer.valueOf(link.getFileName().toString()))
                    .toList();
        }
    }
}
