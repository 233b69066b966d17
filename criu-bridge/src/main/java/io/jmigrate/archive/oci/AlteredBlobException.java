package io.jmigrate.archive.oci;

import java.io.IOException;

/** A blob isn't what its digest says. */
public final class AlteredBlobException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param digest {@code sha256:…} */
    public AlteredBlobException(String digest) {
        super("blob " + digest + " has another content than its digest says");
    }
}
