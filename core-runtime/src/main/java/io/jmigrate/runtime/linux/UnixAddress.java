package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Composes {@code struct sockaddr_un} (unix(7)): u16 family, then at most 107 bytes of path and a zero, or the name of an abstract
 * socket, which is written with {@code @} in place of its first byte. */
final class UnixAddress {
    static final long AF_UNIX = 1;

    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES_MAX = 107;

    private UnixAddress() {}

    static MemorySegment of(Arena arena, Path path) {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_BYTES_MAX) {
            throw new LinuxException("socket", new Errno(36), path.toString());
        }
        boolean isAbstract = name.length > 0 && name[0] == '@';
        if (isAbstract) {
            name[0] = 0; // and no zero after it, which would be one of the name
        }
        MemorySegment address = arena.allocate(FAMILY_BYTES + name.length + (isAbstract ? 0L : 1L), 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, name.length);
        return address;
    }
}
