package io.jmigrate.criu.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InetPortsTest {
    private static final FileEntry LISTENING = socket(10, 80, 0);
    private static final FileEntry CONNECTED = socket(1, 80, 4711);
    private static final FileEntry DATAGRAMS = socket(7, 53, 0);

    private final InetPorts ports = new InetPorts(Map.of(80, 8080), false);

    @Test
    void movesListeningSocketsAndLeavesOthers() {
        ports.check(List.of(LISTENING, DATAGRAMS));

        assertThat(ports.moved(LISTENING)).isEqualTo(socket(10, 8080, 0));
        assertThat(ports.moved(DATAGRAMS)).isEqualTo(DATAGRAMS);
        assertThat(new InetPorts(Map.of(53, 54), false).moved(DATAGRAMS)).isEqualTo(socket(7, 54, 0));
    }

    @Test
    void aConnectionKeepsItsPortUnlessItIsClosed() {
        assertThatThrownBy(() -> ports.check(List.of(LISTENING, CONNECTED)))
                .hasMessage("a connection has the port 80, and its other end knows it by that");

        InetPorts closing = new InetPorts(Map.of(80, 8080), true);
        closing.check(List.of(LISTENING, CONNECTED));
        assertThat(closing.moved(CONNECTED).getIsk().getSrcPort()).isEqualTo(8080);
    }

    @Test
    void aPortThatNoSocketHasIsAMistake() {
        assertThatThrownBy(() -> ports.check(List.of(DATAGRAMS))).hasMessage("no socket in the images has the port 80");
    }

    private static FileEntry socket(int state, int port, int otherPort) {
        InetSocketEntry socket = InetSocketEntry.newBuilder()
                .setFamily(2)
                .setType(1)
                .setProto(6)
                .setState(state)
                .setSrcPort(port)
                .setDstPort(otherPort)
                .build();
        return FileEntry.newBuilder().setType(4).setId(1).setIsk(socket).build();
    }
}
