package io.jmigrate.runtime.failure;

import java.util.List;
import java.util.Objects;

/**
 * A failure to be shown to the user: a sentence, the class that it belongs to and lines that prove it.
 *
 * <p>The message starts with a lower-case letter, names its subject and has no full stop at the end, so that it can follow a
 * prefix. The details are quoted as they are, for example lines of CRIU's log.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FailureCode code;
    private final transient List<String> details;

    private Failure(FailureCode code, String message, List<String> details, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.details = List.copyOf(details);
    }

    public static Failure of(FailureCode code, String message) {
        return new Failure(code, message, List.of(), null);
    }

    /** The same failure with what caused it. */
    public Failure withCause(Throwable cause) {
        return copyOf(details, cause);
    }

    /** The same failure with lines to quote below its message. */
    public Failure withDetails(List<String> lines) {
        return copyOf(lines, getCause());
    }

    private Failure copyOf(List<String> lines, Throwable cause) {
        Failure copy = new Failure(code, getMessage(), lines, cause);
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    /** The same failure with the stack of who meets it now, caused by this one. */
    public Failure again() {
        return of(code, getMessage()).withDetails(details).withCause(this);
    }

    public FailureCode code() {
        return code;
    }

    /** Lines to quote, without line ends; empty when the message says it all. */
    public List<String> details() {
        return details;
    }
}
