package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.linux.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a process has open, as the kernel describes it.
 *
 * @param number of the descriptor
 * @param target of the link {@code /proc/PID/fd/N}
 * @param mountId of the file's mount, from {@code /proc/PID/fdinfo/N}
 * @param inode of the file
 * @param mode with the file's type
 * @param dev of the file's file system
 * @param rdev of the device that the file is, if it is one
 * @param flags with which it is open, those of open(2)
 */
public record OpenFile(int number, String target, int mountId, long inode, int mode, long dev, long rdev, int flags) {
    private static final Pattern MOUNT_ID = Pattern.compile("(?m)^mnt_id:\\s*(\\d{1,9})$");
    private static final Pattern FLAGS = Pattern.compile("(?m)^flags:\\s*([0-7]{1,10})$");
    /** As proc(5) marks the link of a file that has lost its name. */
    private static final String DELETED = " (deleted)";

    /** O_DIRECT, which has another number on each architecture (open(2)). */
    private static final int DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FIFO = 0010000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int SOCKET = 0140000;
    /** Major numbers of virtual consoles and serial lines, of the current terminal, and of pseudo-terminals (ibid.). */
    private static final Set<Long> TERMINAL_DEVICES = Set.of(4L, 5L, 136L, 137L, 138L, 139L, 140L, 141L, 142L, 143L);
    /** Major number of /dev/null and its kin (Linux, Documentation/admin-guide/devices.txt). */
    private static final int MEMORY_DEVICES = 1;

    /**
     * Looks at a descriptor; empty if it is closed.
     *
     * @throws IOException if the process can't be looked at
     */
    public static Optional<OpenFile> read(int pid, int number) throws IOException {
        Path link = Path.of("/proc/" + pid + "/fd/" + number);
        try {
            String info = Files.readString(Path.of("/proc/" + pid + "/fdinfo/" + number));
            Matcher mount = MOUNT_ID.matcher(info);
            Matcher flags = FLAGS.matcher(info);
            Map<String, Object> file = Files.readAttributes(link, "unix:ino,mode,dev,rdev");
            return Optional.of(new OpenFile(
                    number,
                    Files.readSymbolicLink(link).toString(),
                    mount.find() ? Integer.parseInt(mount.group(1)) : -1,
                    (Long) file.get("ino"),
                    (Integer) file.get("mode"),
                    (Long) file.get("dev"),
                    (Long) file.get("rdev"),
                    flags.find() ? Integer.parseInt(flags.group(1), 8) : 0));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a pipe without a name, whose other end may be anywhere. */
    public boolean isPipe() {
        return target.startsWith("pipe:[");
    }

    /** Whether it is a pipe that gives what was written piece by piece (pipe(2), O_DIRECT). */
    public boolean keepsPackets() {
        return isPipe() && (flags & DIRECT) != 0;
    }

    /** Whether no name leads to it any more, at least not that by which it was opened. */
    public boolean isDeleted() {
        return target.endsWith(DELETED);
    }

    /** Whether its name leads to the same file as long as it has it: a regular file, or /dev/null and its kin. */
    private boolean canBeOpenedAgain() {
        return switch (mode & TYPE_MASK) {
            case REGULAR -> true;
            case CHARACTER_DEVICE -> DeviceNumber.of(rdev).major() == MEMORY_DEVICES;
            default -> false;
        };
    }

    public boolean isSocket() {
        return (mode & TYPE_MASK) == SOCKET;
    }

    public boolean isCharacterDevice() {
        return (mode & TYPE_MASK) == CHARACTER_DEVICE;
    }

    public boolean isBlockDevice() {
        return (mode & TYPE_MASK) == BLOCK_DEVICE;
    }

    /**
     * The key of a file, FIFO or character device that no mount of the container shows; empty for what CRIU finds inside.
     *
     * @param containerMounts the ids of all mounts that the process sees
     */
    public Optional<String> hostKey(Set<Integer> containerMounts) {
        return isPipe() || containerMounts.contains(mountId) ? Optional.empty() : key();
    }

    /** Whether its name leads to it on the host, and no mount of the container shows it. @param containerMounts as above */
    boolean isOfHost(Set<Integer> containerMounts) {
        return canBeOpenedAgain() && hostKey(containerMounts).isPresent();
    }

    /** Whether it is in a file system, and no mount of the container shows it. @param containerMounts as above */
    public boolean leadsOut(Set<Integer> containerMounts) {
        return !isPipe()
                && !containerMounts.contains(mountId)
                && switch (mode & TYPE_MASK) {
                    case REGULAR, FIFO, CHARACTER_DEVICE, DIRECTORY, SYMBOLIC_LINK -> true;
                    default -> false;
                };
    }

    private Optional<String> key() {
        return switch (mode & TYPE_MASK) {
            case REGULAR, FIFO -> Optional.of(HostStream.file(mountId, inode));
            case CHARACTER_DEVICE ->
                Optional.of(
                        DeviceNumber.of(rdev).major() == MEMORY_DEVICES
                                ? HostStream.file(mountId, inode)
                                : HostStream.terminal(rdev, dev));
            default -> Optional.empty();
        };
    }

    /** What it is as a standard stream of a job, if it may lead out of it: a pipe or a terminal. */
    Optional<HostStream> asOuterStream() {
        boolean terminal = (mode & TYPE_MASK) == CHARACTER_DEVICE
                && TERMINAL_DEVICES.contains(DeviceNumber.of(rdev).major());
        Optional<String> key = isPipe()
                ? Optional.of(HostStream.pipe(inode))
                : Optional.of(HostStream.terminal(rdev, dev)).filter(_ -> terminal);
        return key.map(k -> new HostStream(number, k));
    }

    /** What it is as a standard stream, if it may lead out of the container. */
    Optional<HostStream> asStream(Set<Integer> containerMounts) {
        Optional<String> key = isPipe() ? Optional.of(HostStream.pipe(inode)) : hostKey(containerMounts);
        return key.map(k -> new HostStream(number, k));
    }
}
