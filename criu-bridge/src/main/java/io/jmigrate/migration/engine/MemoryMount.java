package io.jmigrate.migration.engine;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A filesystem in memory of a container that runs here.
 *
 * @param mount as it was found
 * @param directory its root
 */
record MemoryMount(MountInfo mount, Fd directory) implements AutoCloseable {
    private static final Set<Errno> HIDDEN = Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP);

    /**
     * Opens its root. The way there leads through directories that the container can change: what stands at the end of it is looked at.
     *
     * @param root pid of the container's first process
     * @return empty if something else hides it
     */
    static Optional<MemoryMount> open(MountInfo mount, int root) throws IOException {
        Path way = Path.of("/proc/" + root + "/root" + mount.mountPoint());
        MemoryMount opened;
        try {
            opened = new MemoryMount(mount, Descriptors.open(way, OpenFlag.PATH, OpenFlag.DIRECTORY));
        } catch (LinuxException e) {
            if (HIDDEN.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
        return opened.orNone();
    }

    private Optional<MemoryMount> orNone() throws IOException {
        try {
            if (isRoot()) {
                return Optional.of(this);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        close();
        return Optional.empty();
    }

    private boolean isRoot() throws IOException {
        DeviceNumber wanted = new DeviceNumber(mount.major(), mount.minor());
        return device(path()).equals(wanted) && !device(path().resolve("..")).equals(wanted);
    }

    private static DeviceNumber device(Path path) throws IOException {
        return DeviceNumber.of(((Number) Files.getAttribute(path, "unix:dev")).longValue());
    }

    /** Where the container has it. */
    String mountPoint() {
        return mount.mountPoint();
    }

    /** Whether that is this one, where it was. While it is open here no other filesystem gets its number. */
    boolean is(MountInfo other) {
        return other.mountPoint().equals(mount.mountPoint())
                && other.major() == mount.major()
                && other.minor() == mount.minor();
    }

    /** A way to its root; good until this is closed. */
    Path path() {
        return Path.of("/proc/self/fd/" + directory.number() + "/.");
    }

    @Override
    public void close() {
        directory.close();
    }
}
