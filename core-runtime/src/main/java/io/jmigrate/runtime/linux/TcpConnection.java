package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.time.Duration;

/** Connects to a TCP port by a descriptor that can be handed to another process, which Java's own sockets keep to themselves (tcp(7)). */
public final class TcpConnection {
    private static final long SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final long SOL_SOCKET = 1;
    private static final long SO_SNDTIMEO = 21;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int IN_BYTES = 16; // struct sockaddr_in
    private static final int IN6_BYTES = 28; // struct sockaddr_in6
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private TcpConnection() {}

    /**
     * Connects, and holds its thread meanwhile.
     *
     * @param limit after which it fails, with EINPROGRESS
     * @throws LinuxException ECONNREFUSED and others of connect(2)
     */
    public static Fd to(InetAddress host, int port, Duration limit) {
        boolean six = host instanceof Inet6Address;
        Fd socket = Fd.of((int) SystemCall.SOCKET.on("", six ? AF_INET6 : AF_INET, SOCK_STREAM_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = six ? address6(arena, (Inet6Address) host, port) : address4(arena, host, port);
            setSendLimit(arena, socket, limit);
            SystemCall.CONNECT.restarting(
                    host.getHostAddress() + ":" + port, socket.number(), address.address(), address.byteSize());
            setSendLimit(arena, socket, Duration.ZERO);
            return socket;
        } catch (RuntimeException e) {
            try (socket) {
                throw e;
            }
        }
    }

    private static MemorySegment address4(Arena arena, InetAddress host, int port) {
        MemorySegment address = arena.allocate(IN_BYTES, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, AF_INET);
        address.set(PORT, 2, (short) port);
        MemorySegment.copy(host.getAddress(), 0, address, ValueLayout.JAVA_BYTE, 4, 4);
        return address;
    }

    private static MemorySegment address6(Arena arena, Inet6Address host, int port) {
        MemorySegment address = arena.allocate(IN6_BYTES, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, AF_INET6);
        address.set(PORT, 2, (short) port);
        MemorySegment.copy(host.getAddress(), 0, address, ValueLayout.JAVA_BYTE, 8, 16);
        address.set(ValueLayout.JAVA_INT, 24, host.getScopeId());
        return address;
    }

    /** It holds for connect(2) too (socket(7)); zero is none. */
    private static void setSendLimit(Arena arena, Fd socket, Duration limit) {
        MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_LONG, limit.toSeconds(), limit.toNanosPart() / 1000L);
        SystemCall.SETSOCKOPT.on(
                socket.toString(), socket.number(), SOL_SOCKET, SO_SNDTIMEO, value.address(), value.byteSize());
    }
}
