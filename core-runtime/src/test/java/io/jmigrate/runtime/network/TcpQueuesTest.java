package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.network.DiagnosedSocket.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TcpQueuesTest {
    private static final int BYTES = 72; // struct inet_diag_msg
    private static final int FOUR = 2; // AF_INET
    private static final int SIX = 10; // AF_INET6
    private static final String LOOPBACK = "7f000001";
    private static final String MAPPED_LOOPBACK = "00000000000000000000ffff7f000001";
    private static final String SIX_LOOPBACK = "00000000000000000000000000000001";

    private final Map<List<Object>, List<DiagnosedSocket>> sockets = new HashMap<>();
    private final List<State> asked = new ArrayList<>();

    @Test
    void whoeverListensAndHasNoConnectionIsLeftOut() {
        add(State.LISTEN, entry(FOUR, "00000000", 80, "00000000", 0, 0, 4711));
        add(State.LISTEN, entry(SIX, "0".repeat(32), 80, "0".repeat(32), 0, 3, 0xfffffff0));

        assertThat(found()).isEqualTo(new TcpQueues(Set.of(0xfffffff0L), Set.of()));
    }

    @Test
    void theOtherEndOfWhatIsOnlyAskedForIsFoundWhateverItsFamily() {
        add(State.LISTEN, entry(SIX, "0".repeat(32), 7110, "0".repeat(32), 0, 0, 306));
        add(State.SYN_RECEIVED, entry(SIX, MAPPED_LOOPBACK, 7110, MAPPED_LOOPBACK, 48850, 0, 0));
        add(State.SYN_RECEIVED, entry(SIX, SIX_LOOPBACK, 7110, SIX_LOOPBACK, 48852, 0, 0));
        add(State.ESTABLISHED, entry(FOUR, LOOPBACK, 48850, LOOPBACK, 7110, 0, 303));
        add(State.ESTABLISHED, entry(SIX, SIX_LOOPBACK, 48852, SIX_LOOPBACK, 7110, 0, 304));
        add(State.ESTABLISHED, entry(SIX, MAPPED_LOOPBACK, 48852, MAPPED_LOOPBACK, 7110, 0, 305));
        add(State.ESTABLISHED, entry(FOUR, "0a000005", 48850, LOOPBACK, 7110, 0, 307));

        assertThat(found().unconfirmed()).containsExactlyInAnyOrder(303L, 304L);
    }

    @Test
    void noConnectionsAreListedWhereNobodyListensOrNoneIsHalfOpen() {
        assertThat(found()).isEqualTo(TcpQueues.NONE);
        assertThat(asked).containsExactly(State.LISTEN, State.LISTEN);

        asked.clear();
        add(State.LISTEN, entry(FOUR, "00000000", 80, "00000000", 0, 0, 4711));
        add(State.ESTABLISHED, entry(FOUR, LOOPBACK, 48850, LOOPBACK, 80, 0, 303));
        assertThat(found()).isEqualTo(TcpQueues.NONE);
        assertThat(asked).containsExactly(State.LISTEN, State.SYN_RECEIVED, State.LISTEN);
    }

    private TcpQueues found() {
        return TcpQueues.from((family, state) -> {
            asked.add(state);
            return sockets.getOrDefault(List.of(family, state), List.of());
        });
    }

    private void add(State state, ByteBuffer entry) {
        sockets.computeIfAbsent(List.of((int) entry.get(0), state), _ -> new ArrayList<>())
                .add(DiagnosedSocket.read(entry));
    }

    private static ByteBuffer entry(
            int family, String local, int localPort, String remote, int remotePort, int waiting, int inode) {
        return ByteBuffer.allocate(BYTES)
                .put(0, (byte) family)
                .putShort(4, (short) localPort)
                .putShort(6, (short) remotePort)
                .put(8, HexFormat.of().parseHex(local))
                .put(24, HexFormat.of().parseHex(remote))
                .order(ByteOrder.nativeOrder())
                .putInt(56, waiting)
                .putInt(68, inode);
    }
}
