package io.jmigrate.criu.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standard stream as the kernel describes it.
 *
 * @param number 0, 1 or 2
 * @param target of the link {@code /proc/PID/fd/N}
 * @param mountId of the file's mount, from {@code /proc/PID/fdinfo/N}
 * @param inode of the file
 * @param mode with the file's type
 */
record OpenStream(int number, String target, int mountId, long inode, int mode) {
    private static final Pattern MOUNT_ID = Pattern.compile("(?m)^mnt_id:\\s*(\\d{1,9})$");
    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int CHARACTER_DEVICE = 0020000;

    /** Reads a stream; empty if it is closed. */
    static Optional<OpenStream> read(int pid, int number) throws IOException {
        Path link = Path.of("/proc/" + pid + "/fd/" + number);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        Matcher matcher = MOUNT_ID.matcher(Files.readString(Path.of("/proc/" + pid + "/fdinfo/" + number)));
        return Optional.of(new OpenStream(
                number,
                Files.readSymbolicLink(link).toString(),
                matcher.find() ? Integer.parseInt(matcher.group(1)) : -1,
                (Long) Files.getAttribute(link, "unix:ino"),
                (Integer) Files.getAttribute(link, "unix:mode")));
    }

    /**
     * What it is if it leads out of the container; empty for what CRIU finds inside, and for sockets and terminals, which it judges
     * itself.
     *
     * @param containerMounts the ids of all mounts that the container sees
     */
    Optional<HostStream> onHost(Set<Integer> containerMounts) {
        if (target.startsWith("pipe:[")) {
            return Optional.of(new HostStream(number, StreamKind.PIPE, target));
        }
        if (containerMounts.contains(mountId)) {
            return Optional.empty();
        }
        return switch (mode & TYPE_MASK) {
            case REGULAR -> Optional.of(new HostStream(number, StreamKind.FILE, fileKey()));
            case CHARACTER_DEVICE -> Optional.of(new HostStream(number, StreamKind.DEVICE, fileKey()));
            default -> Optional.empty();
        };
    }

    /** As CRIU names it, both numbers in hexadecimal (criu/files-reg.c, dump_one_reg_file). */
    private String fileKey() {
        return "file[" + Integer.toHexString(mountId) + ":" + Long.toHexString(inode) + "]";
    }
}
