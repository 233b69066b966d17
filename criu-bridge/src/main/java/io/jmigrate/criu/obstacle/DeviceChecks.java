package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which devices CRIU can open anew for a process (criu/files.c, dump_chrdev; numbers of admin-guide/devices.txt). */
final class DeviceChecks {
    /** /dev/null and its kin. */
    private static final int MEMORY = 1;

    private static final int TERMINALS = 4;
    private static final int CONTROLLING_TERMINALS = 5;
    private static final int PTY_FIRST = 128;
    private static final int PTY_LAST = 143;
    private static final int MISCELLANEOUS = 10;
    /** /dev/net/tun and autofs. */
    private static final Set<Integer> MISCELLANEOUS_DUMPED = Set.of(200, 235);

    private DeviceChecks() {}

    /** What of a file's kind can't be dumped, in a few words. */
    static Optional<String> undumpable(OpenFile file) {
        if (file.isBlockDevice()) {
            return Optional.of("the block device " + file.target());
        }
        return file.isCharacterDevice() && !dumped(major(file.rdev()), minor(file.rdev()))
                ? Optional.of("the device " + file.target())
                : Optional.empty();
    }

    private static boolean dumped(int major, int minor) {
        return major == MISCELLANEOUS
                ? MISCELLANEOUS_DUMPED.contains(minor)
                : IntStream.of(MEMORY, TERMINALS, CONTROLLING_TERMINALS).anyMatch(known -> known == major)
                        || (major >= PTY_FIRST && major <= PTY_LAST);
    }

    static boolean isDevice(long device, int major, int minor) {
        return major(device) == major && minor(device) == minor;
    }

    /** As stat(2) puts the two together (glibc's gnu_dev_major). */
    private static int major(long device) {
        return (int) ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL));
    }

    private static int minor(long device) {
        return (int) ((device & 0xff) | (device >>> 12 & ~0xffL));
    }
}
