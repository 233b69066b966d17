package io.jmigrate.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.network.UnixSocket.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnixSocketTest {
    private static final int NAME = 0;
    private static final int PEER = 2;
    private static final int WAITING = 3;
    private static final int QUEUES = 4;
    private static final int SHUTDOWN = 6;

    @Test
    void aListeningOneTellsWhoWaits() {
        ByteBuffer entry = entry(1, 10, 4711);
        attribute(entry, NAME, "/run/s\0".getBytes(StandardCharsets.UTF_8));
        attribute(entry, WAITING, words(4712, 0));
        attribute(entry, QUEUES, words(2, 128));

        assertThat(UnixSocket.read(entry.flip()))
                .isEqualTo(new UnixSocket(4711, false, State.LISTENS, 0, "/run/s", List.of(4712L, 0L), 128, false));
    }

    @Test
    void aConnectedOneTellsOfItsPeerAndWhatIsOnItsWay() {
        ByteBuffer entry = entry(2, 1, 0xfffffff0);
        attribute(entry, NAME, "\0abstract".getBytes(StandardCharsets.UTF_8));
        attribute(entry, PEER, words(9));
        attribute(entry, QUEUES, words(0, 768));
        attribute(entry, SHUTDOWN, new byte[] {3});

        assertThat(UnixSocket.read(entry.flip()))
                .isEqualTo(new UnixSocket(0xfffffff0L, true, State.CONNECTED, 9, "@abstract", List.of(), 768, true));
    }

    @Test
    void oneThatIsNothingYetHasNothing() {
        assertThat(UnixSocket.read(entry(5, 7, 1).flip()))
                .isEqualTo(new UnixSocket(1, false, State.OTHER, 0, "", List.of(), 0, false));
    }

    private static ByteBuffer entry(int type, int state, int inode) {
        return ByteBuffer.allocate(256)
                .order(ByteOrder.nativeOrder())
                .put((byte) 1)
                .put((byte) type)
                .put((byte) state)
                .put((byte) 0)
                .putInt(inode)
                .putLong(0);
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    private static void attribute(ByteBuffer entry, int type, byte[] value) {
        entry.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        entry.position(entry.position() + 3 & ~3);
    }
}
