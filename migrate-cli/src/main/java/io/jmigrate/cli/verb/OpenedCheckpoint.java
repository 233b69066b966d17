package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveContents;
import io.jmigrate.archive.Limits;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.criu.inspect.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkpoint that a command only reads. */
final class OpenedCheckpoint {
    /** For the help of an argument. */
    static final String DESCRIPTION = "An archive, or an image directory.";

    private OpenedCheckpoint() {}

    /**
     * An image directory if it is a directory, or else an archive, all of which is read and checked.
     *
     * @param decryption for an archive that is encrypted
     */
    static MemorySource at(Session session, Path checkpoint, DecryptionFlags decryption) {
        Path path = session.resolve(checkpoint);
        return Files.isDirectory(path)
                ? ImageDirectory.at(path)
                : ArchiveContents.read(path, Limits.DEFAULT, decryption.decryption(session::resolve));
    }
}
