package io.jmigrate.archive.secrecy;

import java.io.IOException;

/** An encrypted archive is for others, or has another passphrase. */
public final class WrongKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongKeyException(Exception cause) {
        super("encrypted for somebody else", cause);
    }
}
