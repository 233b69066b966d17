package io.jmigrate.criu.directory;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.IdMappings;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets a tree that is being restored read its own images. In a user namespace it is the tree, as root of the container, that opens
 * them. Where that is another user on the host it becomes their group for as long as the restore lasts: it may read, nothing more.
 */
public final class ImageAccess implements AutoCloseable {
    private static final long ROOT = 0;
    private static final int READ = 040;
    private static final int ENTER = 010;

    private final List<Before> changed = new ArrayList<>();

    private record Before(Path path, int group, int mode) {}

    private ImageAccess() {}

    /**
     * Changes group and mode of the directory and of what is in it; links are not followed.
     *
     * @param mappings of the container
     * @throws Failure IMAGES_INVALID if that can't be done; nothing is changed then
     */
    public static ImageAccess grant(Path imageDirectory, IdMappings mappings) {
        ImageAccess access = new ImageAccess();
        Optional<Long> group = readers(mappings);
        if (group.isPresent()) {
            try (Stream<Path> files = Files.walk(imageDirectory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    access.open(file, Math.toIntExact(group.get()));
                }
            } catch (IOException e) {
                try (access) {
                    throw Failure.of(
                                    CriuCode.IMAGES_INVALID,
                                    "cannot let the container read its images in " + imageDirectory + ": "
                                            + IoReason.of(e))
                            .withCause(e);
                }
            }
        }
        return access;
    }

    /** The host's group of the container's root, if that user isn't the host's root, who owns the images. */
    private static Optional<Long> readers(IdMappings mappings) {
        if (mappings.hostUid(ROOT).orElse(ROOT) == ROOT) {
            return Optional.empty();
        }
        return mappings.hostGid(ROOT).stream().boxed().findFirst();
    }

    private void open(Path file, int group) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return;
        }
        Before before = new Before(file, get(file, "unix:gid"), get(file, "unix:mode"));
        changed.add(before);
        set(file, "unix:gid", group);
        int bits = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? READ | ENTER : READ;
        set(file, "unix:mode", before.mode() & 07777 | bits);
    }

    private static int get(Path file, String attribute) throws IOException {
        return (int) Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private static void set(Path file, String attribute, int value) throws IOException {
        Files.setAttribute(file, attribute, value);
    }

    /** Takes it back; images that are gone by now are no error. @throws Failure IMAGES_INVALID */
    @Override
    public void close() {
        for (Before before : changed.reversed()) {
            try {
                set(before.path(), "unix:mode", before.mode() & 07777);
                set(before.path(), "unix:gid", before.group());
            } catch (NoSuchFileException e) {
                // a migration removes its images when the container runs
            } catch (IOException e) {
                throw Failure.of(
                                CriuCode.IMAGES_INVALID,
                                "cannot take the container's right to read " + before.path() + " back: "
                                        + IoReason.of(e))
                        .withCause(e);
            }
        }
    }
}
