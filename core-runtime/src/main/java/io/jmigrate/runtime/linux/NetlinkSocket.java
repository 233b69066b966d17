package io.jmigrate.runtime.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the kernel for changes of the network of one network namespace (netlink(7)). */
public final class NetlinkSocket implements AutoCloseable {
    /** What is asked about. */
    public enum Family {
        /** Links, addresses, routes (rtnetlink(7)). */
        ROUTE(0),
        /** Sockets (sock_diag(7)). */
        DIAGNOSIS(4),
        /** Packet filters (linux/netfilter/nfnetlink.h). */
        NETFILTER(12);

        private final int number;

        Family(int number) {
            this.number = number;
        }
    }

    private static final int AF_NETLINK = 16;
    private static final long SOCK_RAW_CLOEXEC = 3 | 02000000;
    /** An answer is as long as the request that it is about, and a header. */
    private static final int ANSWER_BYTES_MAX = 1 << 16;

    private static final int HEADER_BYTES = 16; // struct nlmsghdr
    private static final int TYPE_OFFSET = 4;
    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;

    private final Fd socket;

    private NetlinkSocket(Fd socket) {
        this.socket = socket;
    }

    /** @throws LinuxException ENOENT if there is no such namespace */
    public static NetlinkSocket open(Path namespace, Family family) {
        return new NetlinkSocket(NamespaceVisit.to(
                namespace,
                () -> Fd.of((int) SystemCall.SOCKET.on("AF_NETLINK", AF_NETLINK, SOCK_RAW_CLOEXEC, family.number))));
    }

    /**
     * Sends messages in one piece and waits for the kernel's answers.
     *
     * @param messages whole messages, in the machine's byte order
     * @param answers how many of them ask for one (NLM_F_ACK)
     * @throws LinuxException with the kernel's reason, if it refuses one of them
     */
    public void request(ByteBuffer messages, int answers) {
        Descriptors.write(socket, messages);
        int missing = answers;
        while (missing > 0) {
            ByteBuffer received = ByteBuffer.allocateDirect(ANSWER_BYTES_MAX).order(ByteOrder.nativeOrder());
            Descriptors.read(socket, received);
            missing -= readAnswers(received.flip());
        }
    }

    /**
     * Sends one message that asks for a list (NLM_F_DUMP) and waits for the whole of it.
     *
     * @return the entries without their headers, in the machine's byte order
     * @throws LinuxException with the kernel's reason, if there is no such list
     */
    public List<ByteBuffer> list(ByteBuffer message) {
        Descriptors.write(socket, message);
        List<ByteBuffer> entries = new ArrayList<>();
        boolean complete = false;
        while (!complete) {
            ByteBuffer received = ByteBuffer.allocateDirect(ANSWER_BYTES_MAX).order(ByteOrder.nativeOrder());
            Descriptors.read(socket, received);
            complete = readEntries(received.flip(), entries);
        }
        return entries;
    }

    /** @return whether the end of the list is among them */
    private static boolean readEntries(ByteBuffer received, List<ByteBuffer> entries) {
        while (received.remaining() >= HEADER_BYTES) {
            int start = received.position();
            int length = Math.max(received.getInt(start), HEADER_BYTES);
            switch (received.getShort(start + TYPE_OFFSET)) {
                case NLMSG_ERROR -> requireSuccess(received.getInt(start + HEADER_BYTES));
                case NLMSG_DONE -> {
                    return true;
                }
                default ->
                    entries.add(received.slice(start + HEADER_BYTES, length - HEADER_BYTES)
                            .order(ByteOrder.nativeOrder()));
            }
            received.position(Math.min(received.limit(), start + align(length)));
        }
        return false;
    }

    private static int readAnswers(ByteBuffer received) {
        int answers = 0;
        while (received.remaining() > HEADER_BYTES) {
            int start = received.position();
            int length = received.getInt(start);
            if (received.getShort(start + TYPE_OFFSET) == NLMSG_ERROR) {
                requireSuccess(received.getInt(start + HEADER_BYTES));
                answers++;
            }
            received.position(Math.min(received.limit(), start + Math.max(align(length), HEADER_BYTES)));
        }
        return answers;
    }

    private static int align(int length) {
        return length + 3 & ~3;
    }

    /** @param error 0, or a negative errno */
    private static void requireSuccess(int error) {
        if (error != 0) {
            throw new LinuxException("netlink", new Errno(-error), "");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
