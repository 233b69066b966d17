package io.jmigrate.archive.image;

import io.jmigrate.archive.ArchiveCopy;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.ScratchDirectory;
import io.jmigrate.archive.oci.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of an archive in a directory that nobody else looks into, from where it moves to its place. */
record CopiedLayer(Path file, ArchiveCopy.Copied copied, ScratchDirectory scratch, Taker taker)
        implements ImageStore.StagedLayer {
    /** Moves a complete file to the place of a blob. */
    @FunctionalInterface
    interface Taker {
        void take(Path file, String sha256) throws IOException;
    }

    /** @param scratch is closed with it */
    static CopiedLayer of(Path archive, ScratchDirectory scratch, Taker taker, Progress progress) throws IOException {
        Path file = scratch.path().resolve("layer");
        try (InputStream in = Files.newInputStream(archive)) {
            return new CopiedLayer(file, ArchiveCopy.write(in, file, progress), scratch, taker);
        } catch (IOException | RuntimeException e) {
            try (scratch) {
                throw e;
            }
        }
    }

    @Override
    public void add(Blob layer) throws IOException {
        taker.take(file, layer.sha256());
    }

    @Override
    public void close() {
        scratch.close();
    }
}
