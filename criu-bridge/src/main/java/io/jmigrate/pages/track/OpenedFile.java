package io.jmigrate.pages.track;

import java.util.List;

/**
 * How a descriptor's file was opened, as {@code /proc/PID/fdinfo/N} tells (proc_pid_fdinfo(5)).
 *
 * @param flags of open(2)
 * @param mount its number in {@code /proc/PID/mountinfo}
 */
record OpenedFile(long flags, int mount) {
    // asm-generic/fcntl.h, as x86-64 has it
    private static final long O_ACCMODE = 03;
    private static final long O_WRONLY = 01;
    private static final long O_DIRECT = 040000;
    private static final long O_DIRECTORY = 0200000;
    private static final long O_PATH = 010000000;

    private static final String FLAGS = "flags:";
    private static final String MOUNT = "mnt_id:";

    /** @param lines for example {@code flags: 0140000}, octal, and {@code mnt_id: 41} */
    static OpenedFile of(List<String> lines) {
        return new OpenedFile(Long.parseLong(value(lines, FLAGS), 8), Integer.parseInt(value(lines, MOUNT)));
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("0"); // no kernel that has a tracker lacks it
    }

    /** Whether its content can be read by it. */
    boolean isRead() {
        return (flags & O_ACCMODE) != O_WRONLY && (flags & (O_DIRECTORY | O_PATH)) == 0;
    }

    /** Whether reads go past the page cache because the program said so. */
    boolean isDirect() {
        return (flags & O_DIRECT) != 0;
    }
}
