package io.jmigrate.criu.verify;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mode of a container's root directory, where it is another than at the dump: engines choose it for what they mount (podman 0555,
 * bundles mostly have 0755). CRIU restores nothing that stands in a directory of another mode (criu/files-reg.c, validate_file), so
 * that the image takes the mode that is there.
 *
 * @param before the type and permissions in the images
 * @param now those of the directory that is there
 */
public record RootMode(int before, int now) {
    private static final String ROOT = "/";
    private static final int PERMISSIONS = 07777;

    /**
     * Compares the images with the directory. Where several mounts are some process's root, it isn't known which is the container's:
     * then there is no difference, and CRIU compares.
     *
     * @throws Failure IMAGES_INVALID
     */
    public static Optional<RootMode> differing(Path imageDirectory, Path rootfs) {
        List<RegularFile> roots = OpenFiles.in(imageDirectory).stream()
                .filter(file -> file.getName().equals(ROOT) && file.hasMode())
                .toList();
        if (roots.stream().map(RegularFile::getMntId).distinct().count() != 1) {
            return Optional.empty();
        }
        RootMode modes = new RootMode(roots.getFirst().getMode(), mode(rootfs));
        boolean sameType = ((modes.before() ^ modes.now()) & ~PERMISSIONS) == 0;
        return Optional.of(modes).filter(_ -> sameType && modes.before() != modes.now());
    }

    private static int mode(Path directory) {
        try {
            return (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot look at " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** An entry of files.img as it is to be. */
    public FileEntry taken(FileEntry entry) {
        if (!entry.hasReg() || !entry.getReg().getName().equals(ROOT)) {
            return entry;
        }
        return entry.toBuilder().setReg(entry.getReg().toBuilder().setMode(now)).build();
    }

    @Override
    public String toString() {
        return "mode %o, and had mode %o when it was dumped".formatted(now & PERMISSIONS, before & PERMISSIONS);
    }
}
