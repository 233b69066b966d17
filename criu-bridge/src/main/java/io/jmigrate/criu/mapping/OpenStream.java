package io.jmigrate.criu.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
 * @param dev of the file's file system
 * @param rdev of the device that the file is, if it is one
 */
record OpenStream(int number, String target, int mountId, long inode, int mode, long dev, long rdev) {
    private static final Pattern MOUNT_ID = Pattern.compile("(?m)^mnt_id:\\s*(\\d{1,9})$");
    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FIFO = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;
    /** Major number of /dev/null and its kin (Linux, Documentation/admin-guide/devices.txt). */
    private static final int MEMORY_DEVICES = 1;

    /** Reads a stream; empty if it is closed. */
    static Optional<OpenStream> read(int pid, int number) throws IOException {
        Path link = Path.of("/proc/" + pid + "/fd/" + number);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        Matcher matcher = MOUNT_ID.matcher(Files.readString(Path.of("/proc/" + pid + "/fdinfo/" + number)));
        Map<String, Object> file = Files.readAttributes(link, "unix:ino,mode,dev,rdev");
        return Optional.of(new OpenStream(
                number,
                Files.readSymbolicLink(link).toString(),
                matcher.find() ? Integer.parseInt(matcher.group(1)) : -1,
                (Long) file.get("ino"),
                (Integer) file.get("mode"),
                (Long) file.get("dev"),
                (Long) file.get("rdev")));
    }

    /**
     * What it is if it leads out of the container; empty for what CRIU finds inside, and for what it judges itself, as sockets.
     *
     * @param containerMounts the ids of all mounts that the container sees
     */
    Optional<HostStream> onHost(Set<Integer> containerMounts) {
        if (target.startsWith("pipe:[")) {
            return Optional.of(new HostStream(number, HostStream.pipe(inode)));
        }
        return containerMounts.contains(mountId) ? Optional.empty() : key().map(key -> new HostStream(number, key));
    }

    private Optional<String> key() {
        return switch (mode & TYPE_MASK) {
            case REGULAR, FIFO -> Optional.of(HostStream.file(mountId, inode));
            case CHARACTER_DEVICE ->
                Optional.of(
                        rdev >>> 8 == MEMORY_DEVICES
                                ? HostStream.file(mountId, inode)
                                : HostStream.terminal(rdev, dev));
            default -> Optional.empty();
        };
    }
}
