package io.jmigrate.criu.stream;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the host, or /dev/null or its kin, that a container had as a standard stream.
 *
 * @param number 0, 1 or 2
 * @param path on the host
 * @param device of its file system (stat(2), st_dev)
 * @param inode there
 * @param flags with which it was open (open(2))
 * @param position of the next byte to be read or written
 */
record HostFile(int number, Path path, long device, long inode, int flags, long position) {
    private static final int ACCESS_MASK = 3;
    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;
    private static final int TYPE_MASK = 0170000;
    /** Regular files and character devices: whoever opens a FIFO, which may have got the inode of a file that was deleted, has to wait. */
    private static final Set<Integer> TYPES = Set.of(0100000, 0020000);

    /**
     * Opens it as it was: what is read goes on where it ended, what is written is appended, as others may have written since.
     *
     * @return empty if there is no such file any more, or another one of its name, or one that can't be opened so
     */
    Optional<Fd> reopen() {
        if (!isSame(path)) {
            return Optional.empty();
        }
        try {
            return positioned(Descriptors.open(path, mode()));
        } catch (LinuxException e) {
            return Optional.empty(); // for example: it must not be written to any more
        }
    }

    private Optional<Fd> positioned(Fd fd) {
        try {
            if (isSame(fd.procPath())) {
                if (isRead()) {
                    Descriptors.seek(fd, position);
                }
                return Optional.of(fd);
            }
        } catch (LinuxException e) {
            try (fd) {
                throw e;
            }
        }
        fd.close();
        return Optional.empty();
    }

    private boolean isRead() {
        return (flags & ACCESS_MASK) == READ_ONLY;
    }

    private OpenFlag[] mode() {
        if (isRead()) {
            return new OpenFlag[0];
        }
        OpenFlag access = (flags & ACCESS_MASK) == WRITE_ONLY ? OpenFlag.WRITE_ONLY : OpenFlag.READ_WRITE;
        return new OpenFlag[] {access, OpenFlag.APPEND};
    }

    private boolean isSame(Path name) {
        try {
            Map<String, Object> now = Files.readAttributes(name, "unix:dev,ino,mode");
            return now.get("dev").equals(device)
                    && now.get("ino").equals(inode)
                    && TYPES.contains((Integer) now.get("mode") & TYPE_MASK);
        } catch (IOException e) {
            return false;
        }
    }
}
