package io.jmigrate.pages.track;

import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Mounts whose files can be read past the page cache without O_DIRECT: what is read is copied into the program's pages by the kernel's own
 * addresses, without a fault. From which of their files only the server knows (FUSE: fs/fuse/file.c, FOPEN_DIRECT_IO; 9p with
 * {@code cache=none}, its default, and CIFS without an oplock: fs/netfs/direct_read.c, netfs_unbuffered_read_iter). NFS, AFS and Ceph go by
 * O_DIRECT, or copy with faults.
 */
final class UnbufferedMounts {
    private static final Set<String> TYPES = Set.of("fuse", "fuseblk", "virtiofs", "9p", "cifs", "smb3", "lustre");
    private static final String WITH_SERVER = "fuse."; // as in fuse.sshfs (fuse(8))
    private static final String OVERLAY = "overlay";
    private static final Set<String> LAYERS = Set.of("lowerdir", "lowerdir+", "datadir+", "upperdir");

    private UnbufferedMounts() {}

    /** Whether a mount is one, or an overlay with a layer on one. */
    static boolean include(MountInfo mount) {
        return include(mount, UnbufferedMounts::typeOf);
    }

    /**
     * The decision.
     *
     * @param typeOf the type of file system on which a directory of the host is; empty if it can't be found, as if its name is relative to
     *     where its mounter was
     */
    static boolean include(MountInfo mount, Function<String, Optional<String>> typeOf) {
        return mount.fstype().equals(OVERLAY)
                ? layers(mount.superOptions())
                        .flatMap(layer -> typeOf.apply(layer).stream())
                        .anyMatch(UnbufferedMounts::isUnbuffered)
                : isUnbuffered(mount.fstype());
    }

    private static boolean isUnbuffered(String type) {
        return TYPES.contains(type) || type.startsWith(WITH_SERVER);
    }

    /** For example {@code rw,lowerdir=/a:/b,upperdir=/c,workdir=/d} (overlayfs.rst). */
    private static Stream<String> layers(String superOptions) {
        return Stream.of(superOptions.split(","))
                .map(option -> option.split("=", 2))
                .filter(option -> option.length == 2 && LAYERS.contains(option[0]))
                .flatMap(option -> Stream.of(option[1].split(":")));
    }

    private static Optional<String> typeOf(String directory) {
        try {
            Path path = Path.of(directory);
            return path.isAbsolute() ? Optional.of(Files.getFileStore(path).type()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is in another mount namespace
        }
    }
}
