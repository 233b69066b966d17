package io.jmigrate.runtime.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A failure to be shown to the user: a sentence, the class that it belongs to, lines that prove it, and what to do if that isn't what
 * is to be done about all failures of the class.
 *
 * <p>The message starts with a lower-case letter, names its subject and has no full stop at the end, so that it can follow a
 * prefix. The details are quoted as they are, for example lines of CRIU's log.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FailureCode code;
    private final transient List<String> details;
    private final transient Optional<String> remedy;

    private Failure(FailureCode code, String message, List<String> details, Optional<String> remedy, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
        this.details = List.copyOf(details);
        this.remedy = Objects.requireNonNull(remedy);
    }

    public static Failure of(FailureCode code, String message) {
        return new Failure(code, message, List.of(), Optional.empty(), null);
    }

    /** The same failure with what caused it. */
    public Failure withCause(Throwable cause) {
        return copyOf(details, remedy, cause);
    }

    /** The same failure with lines to quote below its message. */
    public Failure withDetails(List<String> lines) {
        return copyOf(lines, remedy, getCause());
    }

    /** The same failure with what to do about it, one line. */
    public Failure withRemedy(String line) {
        return copyOf(details, Optional.of(line), getCause());
    }

    private Failure copyOf(List<String> lines, Optional<String> advice, Throwable cause) {
        Failure copy = new Failure(code, getMessage(), lines, advice, cause);
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    /** The same failure with the stack of who meets it now, caused by this one. */
    public Failure again() {
        return new Failure(code, getMessage(), details, remedy, this);
    }

    /** The same failure with another sentence, caused by this one: for who knows more of what it means. */
    public Failure saying(String sentence) {
        Failure told = new Failure(code, sentence, details, remedy, this);
        Stream.of(getSuppressed()).forEach(told::addSuppressed);
        return told;
    }

    public FailureCode code() {
        return code;
    }

    /** What to do about this very failure; empty if it is what is to be done about all with its code. */
    public Optional<String> remedy() {
        return remedy;
    }

    /** Lines to quote, without line ends; empty when the message says it all. */
    public List<String> details() {
        return details;
    }

    /** With its details, for stack traces. */
    @Override
    public String toString() {
        return details.isEmpty() ? super.toString() : super.toString() + "\n    " + String.join("\n    ", details);
    }
}
