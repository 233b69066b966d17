package io.jmigrate.runtime.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A TCP socket as the kernel lists it (struct inet_diag_msg of linux/inet_diag.h).
 *
 * @param ends its own and the other
 * @param waiting of one that listens: how many connections wait to be accepted
 * @param inode by which descriptors name it; 0: none does
 * @param identity by which the kernel finds it again
 */
record DiagnosedSocket(Ends ends, int waiting, long inode, Identity identity) {
    /** SOCK_DIAG_BY_FAMILY, with which each family's own way to ask begins. */
    static final int BY_FAMILY = 20;

    private static final int IPPROTO_TCP = 6;
    /** SOCK_DESTROY, which ends one. */
    private static final int END = 21;

    private static final int ACKNOWLEDGE = 4; // NLM_F_ACK
    private static final int IDENTITY_WORDS = 12; // struct inet_diag_sockid
    private static final int IDENTITY_OFFSET = 4;
    private static final byte AF_INET = 2;
    private static final int BYTES_4 = 4;
    private static final int BYTES_6 = 16;

    private static final int LOCAL_PORT_OFFSET = 4;
    private static final int REMOTE_PORT_OFFSET = 6;
    private static final int LOCAL_OFFSET = 8;
    private static final int REMOTE_OFFSET = 24;
    private static final int WAITING_OFFSET = 56;
    private static final int INODE_OFFSET = 68;

    /** Some of a TCP socket's (include/net/tcp_states.h). */
    enum State {
        ESTABLISHED(1),
        SYN_SENT(2),
        SYN_RECEIVED(3),
        FIN_WAIT_1(4),
        FIN_WAIT_2(5),
        CLOSE_WAIT(8),
        LAST_ACK(9),
        LISTEN(10),
        CLOSING(11);

        private final int number;

        State(int number) {
            this.number = number;
        }
    }

    /** The two ends of a connection, as one of them sees it. An address of version 4 is one also where it is written as one of version 6. */
    record Ends(InetSocketAddress local, InetSocketAddress remote) {
        /** As the other one sees it. */
        Ends reversed() {
            return new Ends(remote, local);
        }
    }

    /**
     * What the kernel knows it by.
     *
     * @param family AF_INET or AF_INET6
     * @param words its ends, its interface and a cookie, as the kernel has them
     */
    record Identity(int family, List<Integer> words) {
        /** Of no socket. */
        static final Identity NONE = new Identity(AF_INET, Collections.nCopies(IDENTITY_WORDS, 0));

        Identity {
            words = List.copyOf(words);
        }

        /** Asks the kernel to end the connection as an administrator does: with a reset for the other end. */
        NetlinkMessage end() {
            return request(new NetlinkMessage(END, ACKNOWLEDGE), family, 0, words);
        }
    }

    /** Asks for all of a family that are in a state. */
    static NetlinkMessage request(int family, State state) {
        return request(family, Set.of(state));
    }

    /** Asks for all of a family that are in one of these states. */
    static NetlinkMessage request(int family, Set<State> states) {
        int mask = states.stream().mapToInt(state -> 1 << state.number).reduce(0, (all, each) -> all | each);
        return request(new NetlinkMessage(BY_FAMILY, Links.LIST), family, mask, Identity.NONE.words());
    }

    private static NetlinkMessage request(NetlinkMessage message, int family, int states, List<Integer> identity) {
        message.u8(family).u8(IPPROTO_TCP).u16(0).i32(states);
        identity.forEach(message::i32);
        return message;
    }

    /** @param entry in the machine's byte order, but for ports and addresses */
    static DiagnosedSocket read(ByteBuffer entry) {
        Ends ends =
                new Ends(end(entry, LOCAL_OFFSET, LOCAL_PORT_OFFSET), end(entry, REMOTE_OFFSET, REMOTE_PORT_OFFSET));
        return new DiagnosedSocket(
                ends,
                entry.getInt(WAITING_OFFSET),
                Integer.toUnsignedLong(entry.getInt(INODE_OFFSET)),
                identity(entry));
    }

    private static Identity identity(ByteBuffer entry) {
        List<Integer> words = IntStream.range(0, IDENTITY_WORDS)
                .mapToObj(word -> entry.getInt(IDENTITY_OFFSET + word * Integer.BYTES))
                .toList();
        return new Identity(entry.get(0), words);
    }

    private static InetSocketAddress end(ByteBuffer entry, int addressOffset, int portOffset) {
        byte[] address = new byte[entry.get(0) == AF_INET ? BYTES_4 : BYTES_6];
        entry.get(addressOffset, address);
        int port = Short.toUnsignedInt(
                entry.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(portOffset));
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port); // which unmaps one of version 4
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }
}
