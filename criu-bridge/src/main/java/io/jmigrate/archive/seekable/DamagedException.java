package io.jmigrate.archive.seekable;

import java.io.IOException;

/** A file is not what its table or its checksums say. The message tells what is wrong where, and follows "is damaged: ". */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedException(String message) {
        super(message);
    }
}
