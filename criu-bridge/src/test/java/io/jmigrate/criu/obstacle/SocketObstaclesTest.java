package io.jmigrate.criu.obstacle;

import static io.jmigrate.criu.obstacle.SeenTree.ROOT;
import static io.jmigrate.criu.obstacle.SeenTree.speaking;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.network.TcpQueues;
import io.jmigrate.runtime.network.UnixSocket;
import io.jmigrate.runtime.network.UnixSocket.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketObstaclesTest {
    private static final List<String> NETLINK = List.of(
            "0000000000000000 0   4711       00000111 2304     0        0     2        0        303",
            "0000000000000000 15  0          00000002 0        0        0     2        0        304");

    private final SeenTree seen = new SeenTree();

    @ParameterizedTest
    @ValueSource(strings = {"MPTCP", "AF_VSOCK", "XDP", "SCTP", "ALG", "CAN_RAW"})
    void aProtocolThatCriuDoesNotKnowIsNamed(String protocol) {
        assertThat(seen.found(speaking(ROOT, "TCPv6", protocol, "UDP", "RAWv6", "NETLINK", "PACKET", "PING")))
                .containsExactly("process 40 (web) holds a socket of the protocol " + protocol
                        + " (descriptor 4), which CRIU does not know");
    }

    @Test
    void aConnectionThatWaitsToBeAcceptedIsNamedOnceUnlessItMayBeLost() {
        seen.queues = new TcpQueues(Set.of(303L), Set.of());
        TreeProcess[] both = {speaking(ROOT, "TCPv6", "TCPv6"), speaking(41, "TCPv6", "TCPv6")};
        assertThat(seen.found(both))
                .containsExactly(
                        "process 40 (web) has not accepted a TCP connection yet that waits for it (descriptor 3)");

        Obstacle shared = new Obstacle(Obstacle.Kind.SHARED_PART, "two have the same memory");
        assertThat(new Examination(seen.view(both), List.of(shared)).mayPass()).isTrue();
        assertThat(new Examination(seen.view(speaking(ROOT, "TCP", "XDP")), List.of()).mayPass())
                .isFalse();

        seen.allowance = new DumpAllowance(true, 0);
        assertThat(seen.found(both)).isEmpty();
        assertThat(new Examination(seen.view(both), List.of()).mayPass()).isFalse();
    }

    @Test
    void aConnectionThatItsOtherEndHasNotConfirmedIsNamed() {
        seen.queues = new TcpQueues(Set.of(), Set.of(303L));
        assertThat(seen.found(speaking(ROOT, "TCP", "TCP")))
                .containsExactly(
                        "process 40 (web) holds a TCP connection (descriptor 3) whose other end has not confirmed it yet,"
                                + " as its listener waits for data first (TCP_DEFER_ACCEPT)");

        seen.allowance = new DumpAllowance(true, 0);
        assertThat(seen.found(speaking(ROOT, "TCP", "TCP"))).isEmpty();
    }

    @Test
    void aMessageOfTheKernelThatNobodyHasReadIsNamed() {
        seen.tables.put("netlink", NETLINK);

        assertThat(seen.found(speaking(ROOT, "NETLINK", "NETLINK")))
                .containsExactly("process 40 (web) has not read a message of the kernel yet that is in its netlink"
                        + " socket (descriptor 3)");
    }

    @Test
    void socketsThatAreConnectedWithEachOtherAreNone() {
        seen.unixSockets = List.of(connected(303, 304, ""), connected(304, 303, "/run/s"), listening(305, "/run/s"));

        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM", "UNIX-STREAM", "UNIX-STREAM")))
                .isEmpty();
    }

    @Test
    void aConnectionWithAProcessOutsideIsNamedByTheEndThatHasAName() {
        seen.unixSockets = List.of(
                connected(303, 900, ""),
                connected(900, 303, "/run/dbus/system_bus_socket"),
                connected(304, 901, "@served"),
                connected(901, 304, ""),
                connected(305, 902, "")); // the other end is in another network namespace

        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM", "UNIX-STREAM", "UNIX-STREAM")))
                .containsExactly(
                        "process 40 (web) is connected with a process outside by the Unix socket"
                                + " /run/dbus/system_bus_socket (descriptor 3)",
                        "process 40 (web) is connected with a process outside by the Unix socket @served (descriptor 4)",
                        "process 40 (web) is connected with a process outside by a Unix socket" + " (descriptor 5)");
    }

    @Test
    void datagramsMayGoToASocketOutsideThatHasAName() {
        seen.unixSockets = List.of(
                datagrams(303, 900, ""),
                datagrams(900, 0, "/dev/log"),
                datagrams(304, 901, ""),
                datagrams(901, 304, "log"));
        ContainerView view = seen.view(speaking(ROOT, "UNIX", "UNIX"));

        assertThat(Obstacles.in(view))
                .extracting(Obstacle::sentence)
                .containsExactly(
                        "process 40 (web) is connected with a process outside by the Unix socket log (descriptor 4)");
        assertThat(new Examination(view, List.of()).sendsOut()).isTrue();
        assertThat(Belongings.of(view, 0).senders()).isEqualTo(1);
    }

    @Test
    void whatWaitsAtAUnixSocketIsNoneIfBothEndsAreThere() {
        seen.unixSockets = List.of(listening(303, "/run/s", 304L), waiting(304, 0));
        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM", "UNIX-STREAM"))).isEmpty();

        seen.unixSockets = List.of(listening(303, "/run/s", 304L), waiting(304, 768));
        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM", "UNIX-STREAM")))
                .containsExactly("process 40 (web) has a connection of a Unix socket (descriptor 4) that"
                        + " nobody has accepted yet");
    }

    @Test
    void whoWaitsAtAUnixSocketFromOutsideOrHasGoneIsNamed() {
        seen.unixSockets = List.of(listening(303, "/run/s", 900L), listening(304, "/run/t", 0L));

        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM", "UNIX-STREAM")))
                .containsExactly(
                        "process 40 (web) has a connection of the Unix socket /run/s (descriptor 3) that nobody has"
                                + " accepted yet",
                        "process 40 (web) has a connection of the Unix socket /run/t (descriptor 4) that nobody has"
                                + " accepted yet");
    }

    @Test
    void oneThatWaitsOutsideIsConnectedWithAProcessOutside() {
        seen.unixSockets = List.of(waiting(303, 0), listening(900, "/run/s", 303L));

        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM")))
                .containsExactly(
                        "process 40 (web) is connected with a process outside by a Unix socket" + " (descriptor 3)");
    }

    @Test
    void aConnectionWhoseOtherEndIsClosedIsNone() {
        seen.unixSockets = List.of(new UnixSocket(303, false, State.CONNECTED, 0, "", List.of(), 0, true));

        assertThat(seen.found(speaking(ROOT, "UNIX-STREAM"))).isEmpty();
    }

    private static UnixSocket connected(long inode, long peer, String name) {
        return new UnixSocket(inode, false, State.CONNECTED, peer, name, List.of(), 0, false);
    }

    private static UnixSocket datagrams(long inode, long peer, String name) {
        return new UnixSocket(inode, true, State.OTHER, peer, name, List.of(), 0, false);
    }

    private static UnixSocket waiting(long inode, long unsentBytes) {
        return new UnixSocket(inode, false, State.CONNECTED, 0, "", List.of(), unsentBytes, false);
    }

    private static UnixSocket listening(long inode, String name, Long... waiting) {
        return new UnixSocket(inode, false, State.LISTENS, 0, name, List.of(waiting), 0, false);
    }
}
