package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A Unix socket of a network namespace, as the kernel lists it (sock_diag(7), linux/unix_diag.h).
 *
 * @param inode by which descriptors name it
 * @param isDatagram whether it sends datagrams
 * @param state LISTEN, CONNECTED, or neither
 * @param peer inode of the socket that it is connected with; 0: none, or one that nobody has accepted yet
 * @param name to which it is bound, with {@code @} in front if that is abstract; empty: none
 * @param waiting inodes of those that have connected to it and that nobody has accepted yet; 0: gone meanwhile
 * @param unsentBytes written, and not read at the other end
 * @param isShutDown whether nothing can be read or written any more
 */
public record UnixSocket(
        long inode,
        boolean isDatagram,
        State state,
        long peer,
        String name,
        List<Long> waiting,
        long unsentBytes,
        boolean isShutDown) {
    /** What it is for. */
    public enum State {
        LISTENS,
        CONNECTED,
        OTHER
    }

    private static final int AF_UNIX = 1;
    private static final int ALL_STATES = -1;
    /** UDIAG_SHOW_NAME, _PEER, _ICONS, _RQLEN. */
    private static final int SHOWN = 1 | 4 | 8 | 16;

    private static final int FIXED_BYTES = 16; // struct unix_diag_msg
    private static final int TYPE_OFFSET = 1;
    private static final int STATE_OFFSET = 2;
    private static final int INODE_OFFSET = 4;
    // attributes
    private static final int NAME = 0;
    private static final int PEER = 2;
    private static final int WAITING = 3;
    private static final int QUEUES = 4;
    private static final int SHUTDOWN = 6;
    private static final byte DATAGRAM = 2; // SOCK_DGRAM
    private static final byte ESTABLISHED = 1; // TCP_ESTABLISHED
    private static final byte LISTEN = 10; // TCP_LISTEN
    private static final byte BOTH_WAYS = 3; // RCV_SHUTDOWN, SEND_SHUTDOWN

    public UnixSocket {
        Objects.requireNonNull(state);
        Objects.requireNonNull(name);
        waiting = List.copyOf(waiting);
    }

    /**
     * All of a network namespace, by inode.
     *
     * @param namespace for example {@code /proc/42/ns/net}
     * @throws io.jmigrate.runtime.linux.LinuxException ENOENT if there is no such namespace, or the kernel lists no Unix sockets
     */
    public static Map<Long, UnixSocket> of(Path namespace) {
        NetlinkMessage request = new NetlinkMessage(DiagnosedSocket.BY_FAMILY, Links.LIST)
                .u8(AF_UNIX)
                .u8(0)
                .u16(0)
                .i32(ALL_STATES)
                .i32(0)
                .i32(SHOWN)
                .i32(0)
                .i32(0);
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace, NetlinkSocket.Family.DIAGNOSIS)) {
            return kernel.list(NetlinkMessage.join(List.of(request))).stream()
                    .map(UnixSocket::read)
                    .collect(Collectors.toMap(UnixSocket::inode, Function.identity(), (_, later) -> later));
        }
    }

    static UnixSocket read(ByteBuffer entry) {
        Map<Integer, byte[]> attributes =
                NetlinkAttributes.read(entry, FIXED_BYTES).byType();
        State state =
                switch (entry.get(STATE_OFFSET)) {
                    case LISTEN -> State.LISTENS;
                    case ESTABLISHED -> State.CONNECTED;
                    default -> State.OTHER;
                };
        return new UnixSocket(
                Integer.toUnsignedLong(entry.getInt(INODE_OFFSET)),
                entry.get(TYPE_OFFSET) == DATAGRAM,
                state,
                numbers(attributes, PEER).stream().findFirst().orElse(0L),
                name(attributes.getOrDefault(NAME, new byte[0])),
                numbers(attributes, WAITING),
                numbers(attributes, QUEUES).stream().skip(1).findFirst().orElse(0L), // the other is what it may read
                attributes.getOrDefault(SHUTDOWN, new byte[1])[0] == BOTH_WAYS);
    }

    private static List<Long> numbers(Map<Integer, byte[]> attributes, int type) {
        IntBuffer words = ByteBuffer.wrap(attributes.getOrDefault(type, new byte[0]))
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        List<Long> numbers = new ArrayList<>();
        while (words.hasRemaining()) {
            numbers.add(Integer.toUnsignedLong(words.get()));
        }
        return numbers;
    }

    /** An abstract one begins with a zero; a path may end with one. */
    private static String name(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\0") ? "@" + text.substring(1) : text).replace("\0", "");
    }
}
