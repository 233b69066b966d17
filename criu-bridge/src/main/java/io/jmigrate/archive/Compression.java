package io.jmigrate.archive;

import java.util.Locale;
import java.util.Optional;

/** How an archive is compressed. */
public sealed interface Compression {
    /** The compression of an export that doesn't ask for another. */
    Compression DEFAULT = new Zstd(3);

    /** Not at all, and with no checksum of the content but those in the manifest. */
    record None() implements Compression {}

    /** RFC 1952. */
    record Gzip() implements Compression {}

    /** RFC 8878, with all cores. Level 1 (fastest) to 19. */
    record Zstd(int level) implements Compression {
        public Zstd {
            if (level < 1 || level > 19) {
                throw new IllegalArgumentException("zstd level out of range: " + level);
            }
        }
    }

    /** The compression of that name as podman's {@code --compress} has it: none, gzip or zstd. */
    static Optional<Compression> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(new None());
            case "gzip" -> Optional.of(new Gzip());
            case "zstd" -> Optional.of(DEFAULT);
            default -> Optional.empty();
        };
    }
}
