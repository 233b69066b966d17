package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * Times of names (utimensat(2)). The JDK opens the file for it: opening a FIFO waits for a writer, and opening a device does whatever
 * its driver does then.
 */
public final class FileTimes {
    private static final long NANOS_A_SECOND = 1_000_000_000;
    /** {@code UTIME_OMIT} (sys/stat.h): this time stays as it is. */
    private static final long OMIT = (1L << 30) - 2;

    private static final long AT_SYMLINK_NOFOLLOW = 0x100;

    private FileTimes() {}

    /**
     * Sets when the content was last changed, of the name itself and never of what a symbolic link points to.
     *
     * @param nanos since 1970, may be negative
     */
    public static void setModified(Path path, long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment accessedAndModified = arena.allocate(ValueLayout.JAVA_LONG, 4);
            accessedAndModified.setAtIndex(ValueLayout.JAVA_LONG, 1, OMIT);
            accessedAndModified.setAtIndex(ValueLayout.JAVA_LONG, 2, Math.floorDiv(nanos, NANOS_A_SECOND));
            accessedAndModified.setAtIndex(ValueLayout.JAVA_LONG, 3, Math.floorMod(nanos, NANOS_A_SECOND));
            long name = CStrings.of(arena, path.toString()).address();
            SystemCall.UTIMENSAT.on(
                    path.toString(), SystemCall.AT_FDCWD, name, accessedAndModified.address(), AT_SYMLINK_NOFOLLOW);
        }
    }
}
