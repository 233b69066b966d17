package io.jmigrate.archive.image;

import io.jmigrate.archive.ArchiveCopy;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.oci.AlteredBlobException;
import io.jmigrate.archive.oci.Blob;
import io.jmigrate.archive.oci.Blobs;
import io.jmigrate.archive.oci.ImageDocument;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where one image is or will be: takes its parts, and gives them. Whoever reads compares blobs with their digests. */
public interface ImageStore extends Blobs {
    /**
     * Reads an archive that is to be a layer, all of it.
     *
     * @param progress told about bytes read
     * @throws NoSuchFileException if it is not there
     */
    StagedLayer stage(Path archive, Progress progress) throws IOException;

    /** Adds a small document as a blob. */
    Blob add(String mediaType, byte[] document) throws IOException;

    /** Has the image's name stand for the manifest, all blobs of which are there. Returns what the manifest is. */
    Blob name(byte[] manifest) throws IOException;

    /**
     * The manifest that the image's name stands for, at most {@link ImageDocument#BYTES_MAX}.
     *
     * @throws NoSuchFileException if there is none
     * @throws AlteredBlobException if it isn't what its digest says
     */
    byte[] manifest() throws IOException;

    /** A layer that can be looked into before it is added. */
    interface StagedLayer extends AutoCloseable {
        /** With the archive's bytes. */
        Path file();

        ArchiveCopy.Copied copied();

        /** Adds it. What is added has the digest, whatever has become of the archive. */
        void add(Blob layer) throws IOException;

        @Override
        void close() throws IOException;
    }
}
