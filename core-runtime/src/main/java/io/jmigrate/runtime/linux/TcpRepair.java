package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The mode in which a TCP socket is looked into to dump it (linux/tcp.h, {@code TCP_REPAIR}): it sends nothing, and its program
 * can't read from it. Root may end it from outside, with a descriptor of its own.
 */
public final class TcpRepair {
    private static final long IPPROTO_TCP = 6;
    private static final long TCP_REPAIR = 19;
    private static final int OFF = 0;
    private static final long SOL_SOCKET = 1;
    private static final long SO_REUSEADDR = 2;

    private TcpRepair() {}

    /** Whether it is a TCP socket and in this mode; of anything else the kernel doesn't know the option. */
    public static boolean isOn(Fd fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.byteSize());
            long result =
                    SystemCall.GETSOCKOPT.raw(fd.number(), IPPROTO_TCP, TCP_REPAIR, value.address(), length.address());
            return result == 0 && value.get(ValueLayout.JAVA_INT, 0) != OFF;
        }
    }

    /**
     * Lets the connection go on. The kernel forgets SO_REUSEADDR meanwhile; it is set again, because a server that is started anew
     * could not listen otherwise as long as the connection lasts.
     */
    public static void end(Fd socket) {
        set(socket, IPPROTO_TCP, TCP_REPAIR, OFF);
        set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    }

    private static void set(Fd socket, long level, long option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment given = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            SystemCall.SETSOCKOPT.on(
                    socket.toString(), socket.number(), level, option, given.address(), given.byteSize());
        }
    }
}
