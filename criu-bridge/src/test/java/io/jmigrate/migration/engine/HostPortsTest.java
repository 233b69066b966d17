package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortsTest {
    private static final String TITLES =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt ...";

    @Test
    void readsWhatListensAndWhatIsBound() {
        List<String> lines = List.of(
                TITLES,
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0 100",
                "   1: 0100007F:1F91 0100007F:0050 01 00000000:00000000 00:00000000 00000000     0        0 12 1 0 100",
                "   2: 00000000000000000000000000000000:0050 00000000:0000 0A 0:0 00:0 0 0 0 13 1 0 100");
        assertThat(HostPorts.of("tcp", lines, _ -> true))
                .containsExactly(new Port("tcp", "127.0.0.1", 8080), new Port("tcp", "0:0:0:0:0:0:0:0", 80));
        assertThat(HostPorts.of("tcp", lines, inode -> inode == 13)).hasSize(1);
        List<String> udp = List.of(TITLES, " 7: 00000000:0035 00000000:0000 07 0:0 00:0 0 0 0 14 2 0 0");
        assertThat(HostPorts.of("udp", udp, _ -> true)).containsExactly(new Port("udp", "0.0.0.0", 53));
    }

    @Test
    void seesASocketOfThisProcess() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(HostPorts.of(_ -> true))
                    .anySatisfy(port -> assertThat(port.number()).isEqualTo(socket.getLocalPort()));
        }
    }
}
