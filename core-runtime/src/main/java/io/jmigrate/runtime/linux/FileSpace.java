package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** What a name takes on its disk (statx(2)), which the JDK does not tell: a file with holes takes less than its size. */
public final class FileSpace {
    private static final long AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long STATX_BLOCKS = 0x400;
    private static final long STATX_BYTES = 256;
    private static final long BLOCKS_OFFSET = 48;
    private static final long BLOCK_BYTES = 512;

    private FileSpace() {}

    /** Bytes that the name itself takes, never what a symbolic link points to. @throws LinuxException */
    public static long of(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(STATX_BYTES, Long.BYTES);
            long name = CStrings.of(arena, path.toString()).address();
            SystemCall.STATX.on(
                    path.toString(), SystemCall.AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, STATX_BLOCKS, found.address());
            return found.get(ValueLayout.JAVA_LONG, BLOCKS_OFFSET) * BLOCK_BYTES;
        }
    }
}
