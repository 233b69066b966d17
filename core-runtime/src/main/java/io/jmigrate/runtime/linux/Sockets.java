package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Unix sockets that carry descriptors (unix(7)). Calls that wait hold their thread meanwhile. */
public final class Sockets {
    /** The most descriptors that one message carries (SCM_MAX_FD). */
    public static final int FDS_MAX = 253;

    private static final long SOCK_CLOEXEC = 02000000;
    private static final long MSG_NOSIGNAL = 0x4000;
    private static final long MSG_CMSG_CLOEXEC = 0x40000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_PEERCRED = 17;
    private static final long SO_RCVTIMEO = 20;
    private static final long SO_SNDTIMEO = 21;
    private static final long SO_ACCEPTCONN = 30;
    private static final int BACKLOG = 128;

    private Sockets() {}

    /** Two sockets joined to each other (socketpair(2)). */
    public static FdPair pair(SocketType type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
            SystemCall.SOCKETPAIR.on("", UnixAddress.AF_UNIX, type.number() | SOCK_CLOEXEC, 0, pair.address());
            return Descriptors.pairAt(pair);
        }
    }

    /** How long a receiver waits at most before it fails with EAGAIN (socket(7), SO_RCVTIMEO). */
    public static void setReceiveLimit(Fd socket, Duration limit) {
        setLimit(socket, SO_RCVTIMEO, limit);
    }

    private static void setLimit(Fd socket, long option, Duration limit) {
        try (Arena arena = Arena.ofConfined()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(limit.getNano());
            MemorySegment time = arena.allocateFrom(ValueLayout.JAVA_LONG, limit.getSeconds(), micros);
            SystemCall.SETSOCKOPT.on(
                    socket.toString(), socket.number(), SOL_SOCKET, option, time.address(), time.byteSize());
        }
    }

    /**
     * Sends all the remaining bytes; the descriptors travel with the first of them.
     *
     * @param fds at most {@link #FDS_MAX}; they stay open here
     * @throws LinuxException EPIPE if the peer has closed
     */
    public static void send(Fd socket, ByteBuffer data, List<Fd> fds) {
        if (fds.size() > FDS_MAX) {
            throw new IllegalArgumentException("at most " + FDS_MAX + " descriptors a message, not " + fds.size());
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(data.remaining(), 1));
            int length = data.remaining();
            bytes.asByteBuffer().put(data);
            long sent = sendPart(arena, socket, bytes.asSlice(0, length), fds);
            while (sent < length) {
                sent += sendPart(arena, socket, bytes.asSlice(sent, length - sent), List.of());
            }
        }
    }

    private static long sendPart(Arena arena, Fd socket, MemorySegment bytes, List<Fd> fds) {
        MessageHeader message = new MessageHeader(arena, bytes, fds.size());
        if (!fds.isEmpty()) {
            message.attach(fds);
        }
        return SystemCall.SENDMSG.restarting(socket.toString(), socket.number(), message.address(), MSG_NOSIGNAL);
    }

    /**
     * Receives one message or, of a stream, what is there, and waits until there is something.
     *
     * @param bytesMax longer messages are cut
     * @param fdsMax if more descriptors come, all are closed and the call fails
     */
    public static Received receive(Fd socket, int bytesMax, int fdsMax) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(bytesMax);
            MessageHeader message = new MessageHeader(arena, bytes, fdsMax);
            int count = (int) SystemCall.RECVMSG.restarting(
                    socket.toString(), socket.number(), message.address(), MSG_CMSG_CLOEXEC);
            ByteBuffer data = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            data.put(bytes.asSlice(0, count).asByteBuffer()).flip();
            List<Fd> fds = fdsMax == 0 ? List.of() : message.attached();
            if (message.truncated()) {
                fds.forEach(Fd::close);
                throw new LinuxException("recvmsg", Errno.EMSGSIZE, socket + ": more than " + fdsMax + " descriptors");
            }
            return new Received(data, fds);
        }
    }

    /**
     * A listening stream socket with this name.
     *
     * @param mode permission bits of the name, set before anybody can connect
     * @throws LinuxException EADDRINUSE if the name exists, also of a socket that nobody listens on
     */
    public static Fd listen(Path path, int mode) {
        Fd socket = socket(SocketType.STREAM);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = UnixAddress.of(arena, path);
            SystemCall.BIND.on(path.toString(), socket.number(), address.address(), address.byteSize());
            long name = CStrings.of(arena, path.toString()).address();
            SystemCall.FCHMODAT.on(path.toString(), SystemCall.AT_FDCWD, name, mode);
            SystemCall.LISTEN.on(path.toString(), socket.number(), BACKLOG);
            return socket;
        } catch (RuntimeException e) {
            try (socket) {
                throw e;
            }
        }
    }

    /**
     * Listens on a socket on which another process has listened before: who connects from now on finds this process's credentials on it.
     *
     * @return false if it is no socket that anybody listens on; nothing happens then
     */
    public static boolean takeOver(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.byteSize());
            long result = SystemCall.GETSOCKOPT.raw(
                    socket.number(), SOL_SOCKET, SO_ACCEPTCONN, value.address(), length.address());
            if (result < 0 || value.get(ValueLayout.JAVA_INT, 0) == 0) {
                return false;
            }
            SystemCall.LISTEN.on(socket.toString(), socket.number(), BACKLOG);
            return true;
        }
    }

    /** Waits for the next connection. */
    public static Fd accept(Fd listening) {
        return Fd.of((int) SystemCall.ACCEPT4.restarting(listening.toString(), listening.number(), 0, 0, SOCK_CLOEXEC));
    }

    /** Connects to a listening stream socket. */
    public static Fd connect(Path path) {
        return connect(path, socket(SocketType.STREAM));
    }

    /**
     * Connects to a listening socket whose messages keep their boundaries.
     *
     * @param sendLimit how long this, and later who sends, waits at most before it fails with EAGAIN (socket(7), SO_SNDTIMEO)
     */
    public static Fd connectForPackets(Path path, Duration sendLimit) {
        Fd socket = socket(SocketType.SEQPACKET);
        setLimit(socket, SO_SNDTIMEO, sendLimit);
        return connect(path, socket);
    }

    /** A socket that sends datagrams to the one of this name; {@code @} at its beginning stands for a zero (unix(7), "abstract"). */
    public static Fd sendingTo(Path path) {
        return connect(path, socket(SocketType.DATAGRAM));
    }

    private static Fd connect(Path path, Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = UnixAddress.of(arena, path);
            SystemCall.CONNECT.restarting(path.toString(), socket.number(), address.address(), address.byteSize());
            return socket;
        } catch (RuntimeException e) {
            try (socket) {
                throw e;
            }
        }
    }

    private static Fd socket(SocketType type) {
        return Fd.of((int) SystemCall.SOCKET.on("", UnixAddress.AF_UNIX, type.number() | SOCK_CLOEXEC, 0));
    }

    /** Wakes all who wait on the socket, at both ends, and ends the conversation (shutdown(2), both directions). */
    public static void shutdown(Fd socket) {
        long both = 2;
        long result = SystemCall.SHUTDOWN.raw(socket.number(), both);
        if (result < 0 && -result != 107) { // ENOTCONN: it is over already
            throw new LinuxException("shutdown", new Errno((int) -result), socket.toString());
        }
    }

    /** Who connected, or who made the pair. */
    public static PeerCredentials peerCredentials(Fd socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment credentials = arena.allocate(ValueLayout.JAVA_INT, 3);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 12);
            SystemCall.GETSOCKOPT.on(
                    socket.toString(),
                    socket.number(),
                    SOL_SOCKET,
                    SO_PEERCRED,
                    credentials.address(),
                    length.address());
            return new PeerCredentials(
                    credentials.getAtIndex(ValueLayout.JAVA_INT, 0),
                    credentials.getAtIndex(ValueLayout.JAVA_INT, 1),
                    credentials.getAtIndex(ValueLayout.JAVA_INT, 2));
        }
    }
}
