package io.jmigrate.archive.integrity;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A member of an archive, as a manifest has it.
 *
 * @param name without "./" before and "/" behind it
 * @param kind what it is
 * @param sizeBytes bytes of content, 0 for a directory
 * @param sha256 SHA-256 (FIPS 180-4) of the content in 64 lower-case hexadecimal digits; a directory's content is empty
 */
public record Member(String name, Kind kind, long sizeBytes, String sha256) {
    /** What a checkpoint consists of. */
    public enum Kind {
        FILE,
        DIRECTORY;

        /** How a manifest writes it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }

    public Member {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(sha256);
    }
}
