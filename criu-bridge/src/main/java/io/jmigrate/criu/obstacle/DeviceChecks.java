package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

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
    private static final Set<Long> MISCELLANEOUS_DUMPED = Set.of(200L, 235L);

    private DeviceChecks() {}

    /** What of a file's kind can't be dumped, in a few words. */
    static Optional<String> undumpable(OpenFile file) {
        if (file.isBlockDevice()) {
            return Optional.of("the block device " + file.target());
        }
        return file.isCharacterDevice() && !dumped(DeviceNumber.of(file.rdev()))
                ? Optional.of("the device " + file.target())
                : Optional.empty();
    }

    private static boolean dumped(DeviceNumber device) {
        long major = device.major();
        return major == MISCELLANEOUS
                ? MISCELLANEOUS_DUMPED.contains(device.minor())
                : LongStream.of(MEMORY, TERMINALS, CONTROLLING_TERMINALS).anyMatch(known -> known == major)
                        || (major >= PTY_FIRST && major <= PTY_LAST);
    }
}
