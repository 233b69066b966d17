package io.jmigrate.criu.directory;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A directory that shows the files of an image directory, with changed copies in the place of some: images are never edited where
 * they are. It consists of names of the same files: CRIU opens some when the tree is in its own mount namespace already, where a symbolic
 * link would lead elsewhere.
 */
final class ImageOverlay implements AutoCloseable {
    private final Path images;
    private final Path path;
    private final Set<String> changed = new HashSet<>();

    private ImageOverlay(Path images, Path path) {
        this.images = images;
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param images the image directory
     * @param path that does not exist yet, on the same filesystem; for root alone
     * @throws Failure IMAGES_INVALID
     */
    static ImageOverlay make(Path images, Path path) {
        try (Stream<Path> files = Files.list(images)) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Path file : (Iterable<Path>) files::iterator) {
                link(path.resolve(file.getFileName()), file);
            }
            return new ImageOverlay(images, path);
        } catch (IOException e) {
            throw failure(images, e);
        }
    }

    private static void link(Path name, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) { // to the images of an earlier dump
            Files.createSymbolicLink(name, name.getParent().toRealPath().relativize(file.toRealPath()));
        } else if (Files.isRegularFile(file)) {
            Files.createLink(name, file);
        }
    }

    /**
     * Changes the entries of all images of a kind.
     *
     * @param names as in {@code utsns-*.img}
     * @return how many images there are
     * @throws Failure IMAGES_INVALID
     */
    <M extends MessageLite> int edit(String names, ImageKind kind, Parser<M> parser, UnaryOperator<M> change) {
        int edited = 0;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(path, names)) {
            for (Path link : links) {
                List<M> entries = ImageFile.read(link.toRealPath(), kind, parser);
                ImageFile.replace(link, kind, entries.stream().map(change).toList());
                changed.add(link.getFileName().toString());
                edited++;
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
        return edited;
    }

    /** Shows other entries in an image. @throws Failure IMAGES_INVALID */
    void replace(String name, ImageKind kind, List<? extends MessageLite> entries) {
        try {
            ImageFile.replace(path.resolve(name), kind, entries);
            changed.add(name);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Shows the image itself again. @throws Failure IMAGES_INVALID */
    void restore(String name) {
        try {
            Files.delete(path.resolve(name));
            Files.createLink(path.resolve(name), images.resolve(name));
            changed.remove(name);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Shows the files that are in the image directory by now, but for those that were changed here. @throws Failure IMAGES_INVALID */
    void refresh() {
        try (Stream<Path> files = Files.list(images)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (!changed.contains(name)) {
                    Files.deleteIfExists(path.resolve(name));
                    link(path.resolve(name), file);
                }
            }
        } catch (IOException e) {
            throw failure(images, e);
        }
    }

    /** Whether there are images of a kind. @param names as in {@code utsns-*.img} */
    boolean holds(String names) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(path, names)) {
            return links.iterator().hasNext();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static Failure failure(Path images, IOException cause) {
        return Failure.of(CriuCode.IMAGES_INVALID, "cannot change the images in " + images + ": " + IoReason.of(cause))
                .withCause(cause);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (NoSuchFileException e) {
            // it went with the container's directory
        } catch (IOException e) {
            throw failure(path, e);
        }
    }
}
