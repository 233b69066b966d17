package io.jmigrate.archive;

import java.io.IOException;
import java.nio.file.Path;

/** Archives for tests of other packages. */
public final class ArchiveFixture {
    private ArchiveFixture() {}

    /** A small archive of a container called web. */
    public static Path write(Path directory, String name, Compression compression) throws IOException {
        Checkpoint checkpoint = Checkpoint.in(directory);
        Path file = directory.resolve(name);
        ArchiveWriter.write(checkpoint.export(file, compression));
        ExtractionDirectory.remove(checkpoint.directory());
        return file;
    }
}
