package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a link of {@code /proc/PID} leads to, also where no name leads to it any more (statx(2)).
 *
 * @param mode with the file's type
 * @param names how many it has
 * @param bytesOnDisk without its holes
 * @param device that it is, if it is one
 * @param mountId of its mount, as in {@code /proc/PID/mountinfo}; -1 from an old kernel
 */
public record LinkedFile(int mode, long names, long bytesOnDisk, DeviceNumber device, long mountId) {
    private static final long STATX_BASIC_STATS = 0x7ff;
    private static final long STATX_MNT_ID = 0x1000;
    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final long BLOCK_BYTES = 512;
    // struct statx
    private static final long BYTES = 256;
    private static final long MASK_OFFSET = 0;
    private static final long LINKS_OFFSET = 16;
    private static final long MODE_OFFSET = 28;
    private static final long BLOCKS_OFFSET = 48;
    private static final long DEVICE_MAJOR_OFFSET = 128;
    private static final long DEVICE_MINOR_OFFSET = 132;
    private static final long MOUNT_OFFSET = 144;

    public LinkedFile {
        Objects.requireNonNull(device);
    }

    /** Looks behind it; empty if it is gone, or nobody may look. */
    public static Optional<LinkedFile> behind(Path link) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(BYTES, Long.BYTES);
            long name = CStrings.of(arena, link.toString()).address();
            long result = SystemCall.STATX.raw(
                    SystemCall.AT_FDCWD, name, 0, STATX_BASIC_STATS | STATX_MNT_ID, found.address());
            return result < 0 ? Optional.empty() : Optional.of(read(found));
        }
    }

    private static LinkedFile read(MemorySegment found) {
        boolean knowsMount = (found.get(ValueLayout.JAVA_INT, MASK_OFFSET) & STATX_MNT_ID) != 0;
        return new LinkedFile(
                Short.toUnsignedInt(found.get(ValueLayout.JAVA_SHORT, MODE_OFFSET)),
                Integer.toUnsignedLong(found.get(ValueLayout.JAVA_INT, LINKS_OFFSET)),
                found.get(ValueLayout.JAVA_LONG, BLOCKS_OFFSET) * BLOCK_BYTES,
                new DeviceNumber(
                        Integer.toUnsignedLong(found.get(ValueLayout.JAVA_INT, DEVICE_MAJOR_OFFSET)),
                        Integer.toUnsignedLong(found.get(ValueLayout.JAVA_INT, DEVICE_MINOR_OFFSET))),
                knowsMount ? found.get(ValueLayout.JAVA_LONG, MOUNT_OFFSET) : -1);
    }

    public boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    public boolean isCharacterDevice() {
        return (mode & TYPE_MASK) == CHARACTER_DEVICE;
    }
}
