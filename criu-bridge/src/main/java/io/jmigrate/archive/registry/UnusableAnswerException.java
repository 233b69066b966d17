package io.jmigrate.archive.registry;

import java.io.IOException;

/** A registry answered, and with nothing that could or should be used. */
final class UnusableAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what it does, behind its name */
    UnusableAnswerException(String what) {
        super(what);
    }
}
