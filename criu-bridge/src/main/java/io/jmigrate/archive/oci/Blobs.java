package io.jmigrate.archive.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/** Where blobs are. */
@FunctionalInterface
public interface Blobs {
    /**
     * The bytes of a blob, to be compared with its digest by whoever reads them.
     *
     * @throws NoSuchFileException if it is not there
     */
    InputStream open(Blob blob) throws IOException;

    /** The bytes of a blob that is a small document. @throws AlteredBlobException if it isn't what its digest says */
    default byte[] document(Blob blob) throws IOException {
        if (blob.bytes() > ImageDocument.BYTES_MAX) {
            throw new IOException("its manifest or config has " + blob.bytes() + " bytes");
        }
        byte[] bytes = ImageDocument.bytes(open(blob), "its manifest or config");
        if (!Blob.of(blob.mediaType(), bytes).equals(blob)) {
            throw new AlteredBlobException(blob.digest());
        }
        return bytes;
    }
}
