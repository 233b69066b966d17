package io.jmigrate.criu.inspect;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with images. What isn't a plain file, a link or a fifo for example, isn't seen. */
public final class ImageDirectory implements MemorySource {
    private final Path path;
    private final Map<String, Long> sizes;

    private ImageDirectory(Path path, Map<String, Long> sizes) {
        this.path = path;
        this.sizes = Map.copyOf(sizes);
    }

    /**
     * Lists the directory.
     *
     * @throws Failure IMAGES_INVALID if it can't be read
     */
    public static ImageDirectory at(Path path) {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    sizes.put(file.getFileName().toString(), Files.size(file));
                }
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (UncheckedIOException e) {
            throw unreadable(path, e.getCause());
        }
        return new ImageDirectory(path, sizes);
    }

    @Override
    public Map<String, Long> sizes() {
        return sizes;
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        if (!sizes.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(new BufferedInputStream(
                Files.newInputStream(path.resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public void eachPagesImage(Use use) throws IOException {
        for (String name : sizes.keySet().stream().sorted().toList()) {
            if (MemorySource.holdsPages(name)) {
                try (InputStream content =
                        Files.newInputStream(path.resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    use.image(name, content);
                }
            }
        }
    }

    @Override
    public Failure unreadable(IOException cause) {
        return unreadable(path, cause);
    }

    private static Failure unreadable(Path path, IOException cause) {
        return Failure.of(CriuCode.IMAGES_INVALID, "image directory " + path + " can't be read: " + IoReason.of(cause))
                .withCause(cause);
    }
}
