package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** What speaks in the sockets of processes, which the kernel tells without a look into their network (net/socket.c, sockfs_xattr_get). */
public final class SocketProtocol {
    private static final String ATTRIBUTE = "system.sockprotoname";
    private static final int NAME_BYTES_MAX = 64; // struct proto has 32

    private SocketProtocol() {}

    /**
     * The protocol's name as the kernel has it, such as {@code TCPv6}, {@code UNIX} or {@code MPTCP}; empty if the descriptor is closed, or is no
     * socket.
     */
    public static Optional<String> of(int pid, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_BYTES_MAX);
            long link = CStrings.of(arena, "/proc/" + pid + "/fd/" + descriptor).address();
            long attribute = CStrings.of(arena, ATTRIBUTE).address();
            long bytes = SystemCall.GETXATTR.raw(link, attribute, name.address(), name.byteSize() - 1);
            return bytes > 0 ? Optional.of(name.getString(0)) : Optional.empty();
        }
    }
}
