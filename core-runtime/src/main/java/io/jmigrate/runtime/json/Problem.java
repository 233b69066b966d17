package io.jmigrate.runtime.json;

import java.util.Objects;

/**
 * One thing wrong with a document.
 *
 * @param kind whether the document is wrong or this version is too small for it
 * @param path where, as a JSON path such as {@code $.process.args[0]}
 * @param message what, without the path and without a full stop
 */
public record Problem(Kind kind, String path, String message) {
    /** Why a document is refused. */
    public enum Kind {
        /** No runtime could do it. */
        INVALID,
        /** It is legal, and leaving it out silently would not be honest. */
        UNSUPPORTED
    }

    public Problem {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    public static Problem invalid(String path, String message) {
        return new Problem(Kind.INVALID, path, message);
    }

    public static Problem unsupported(String path, String message) {
        return new Problem(Kind.UNSUPPORTED, path, message);
    }

    /** The line that a user sees. */
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
