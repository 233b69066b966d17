package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Names that are neither files nor directories (mknod(2)). */
public final class SpecialFiles {
    /** What to make. */
    public enum Type {
        FIFO(0010000),
        CHARACTER_DEVICE(0020000),
        BLOCK_DEVICE(0060000),
        SOCKET(0140000);

        private final int bits;

        Type(int bits) {
            this.bits = bits;
        }
    }

    private SpecialFiles() {}

    /**
     * @param mode permission bits, before the umask
     * @param device its number (makedev(3)), 0 for a FIFO or a socket
     */
    public static void make(Path path, Type type, int mode, long device) {
        try (Arena arena = Arena.ofConfined()) {
            long name = CStrings.of(arena, path.toString()).address();
            SystemCall.MKNODAT.on(path.toString(), SystemCall.AT_FDCWD, name, type.bits | mode, device);
        }
    }
}
