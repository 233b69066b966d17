package io.jmigrate.criu.directory;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory within an image directory, for root alone, which is made when somebody needs it: on the same filesystem, so that files can be
 * linked. Whoever puts something there removes it again.
 */
public final class ImageScratch implements AutoCloseable {
    private static final String PREFIX = "restore-";

    private final Path parent;
    private Optional<Path> made = Optional.empty();

    /** @param parent the image directory */
    public ImageScratch(Path parent) {
        this.parent = parent;
    }

    /** @throws Failure RESTORE_FAILED if it can't be made */
    public Path path() {
        try {
            if (made.isEmpty()) {
                made = Optional.of(Files.createTempDirectory(parent, PREFIX));
            }
            return made.get();
        } catch (IOException e) {
            throw failed("cannot make a directory in " + parent, e);
        }
    }

    @Override
    public void close() {
        try {
            if (made.isPresent()) {
                Files.deleteIfExists(made.get());
            }
        } catch (IOException e) {
            throw failed("cannot remove " + made.get(), e);
        }
    }

    private static Failure failed(String what, IOException e) {
        return Failure.of(CriuCode.RESTORE_FAILED, what + ": " + IoReason.of(e)).withCause(e);
    }
}
