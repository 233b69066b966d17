package io.jmigrate.cli.verb;

import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.cli.option.RegistryFlags;
import io.jmigrate.cli.progress.Bar;
import java.nio.file.Path;

/**
 * The archive that an image is, among the large temporary files, for a command that only reads it.
 *
 * @param file complete, and what its digests say
 * @param scratch is removed when it is closed
 */
record PulledImage(Path file, ScratchDirectory scratch) implements AutoCloseable {
    private static final String NAME = "archive";

    static PulledImage of(Session session, RegistryFlags flags, ImageReference image) {
        ScratchDirectory scratch = ScratchDirectory.in(TemporaryFiles.large(session));
        try {
            Path file = scratch.path().resolve(NAME);
            Bar bar = session.bar();
            try (OpenedImage opened = OpenedImage.of(session, flags, image, bar, 0)) {
                opened.image().pull(file);
            }
            bar.erase();
            return new PulledImage(file, scratch);
        } catch (RuntimeException e) {
            try (scratch) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
