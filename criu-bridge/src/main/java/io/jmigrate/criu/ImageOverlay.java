package io.jmigrate.criu;

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
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A directory that shows the files of an image directory, with changed copies in the place of some: images are never edited where
 * they are.
 */
final class ImageOverlay implements AutoCloseable {
    private final Path images;
    private final Path path;

    private ImageOverlay(Path images, Path path) {
        this.images = images;
        this.path = path;
    }

    /**
     * Makes one, of links.
     *
     * @param images the image directory
     * @param path that does not exist yet, if need be in a directory beside the images; for root alone
     * @throws Failure IMAGES_INVALID
     */
    static ImageOverlay make(Path images, Path path) {
        try (Stream<Path> files = Files.list(images)) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Path file : (Iterable<Path>) files.filter(file -> !path.startsWith(file))::iterator) {
                Files.createSymbolicLink(path.resolve(file.getFileName()), target(file, path));
            }
            return new ImageOverlay(images, path);
        } catch (IOException e) {
            throw failure(images, e);
        }
    }

    /** Tried: CRIU 4.2 finds an earlier dump of a container through a relative link only (criu/image.c, open_parent). */
    private static Path target(Path file, Path overlay) throws IOException {
        return Files.isDirectory(file) ? overlay.toRealPath().relativize(file.toRealPath()) : file.toRealPath();
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
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Shows the image itself again. @throws Failure IMAGES_INVALID */
    void restore(String name) {
        try {
            Files.delete(path.resolve(name));
            Files.createSymbolicLink(path.resolve(name), images.resolve(name).toRealPath());
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
