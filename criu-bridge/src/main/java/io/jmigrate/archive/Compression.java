package io.jmigrate.archive;

import java.util.Locale;

/** How an archive is compressed. */
public sealed interface Compression {
    /** The compression of an export that doesn't ask for another. */
    Compression DEFAULT = new Zstd(3);

    /** As gzip(1) has it. */
    int GZIP_LEVEL_DEFAULT = 6;

    /** Not at all, and with no checksum of the content but those in the manifest. */
    record None() implements Compression {}

    /** RFC 1952, with all cores. Level 1 (fastest) to 9. */
    record Gzip(int level) implements Compression {
        public Gzip {
            requireWithin(level, 9);
        }
    }

    /** RFC 8878, with all cores and a seek table. Level 1 (fastest) to 19. */
    record Zstd(int level) implements Compression {
        public Zstd {
            requireWithin(level, 19);
        }
    }

    private static void requireWithin(int level, int max) {
        if (level < 1 || level > max) {
            throw new IllegalArgumentException("the level " + level + " is not from 1 to " + max);
        }
    }

    /**
     * The compression of that name as podman's {@code --compress} has it: none, gzip or zstd; the latter two perhaps with a level,
     * as in {@code zstd:9}.
     *
     * @throws IllegalArgumentException if there is no such compression or level
     */
    static Compression named(String name) {
        String[] parts = name.toLowerCase(Locale.ROOT).split(":", 2);
        boolean plain = parts.length < 2;
        return switch (plain ? parts[0] : parts[0] + ":") {
            case "none" -> new None();
            case "gzip" -> new Gzip(GZIP_LEVEL_DEFAULT);
            case "gzip:" -> new Gzip(number(parts[1]));
            case "zstd" -> DEFAULT;
            case "zstd:" -> new Zstd(number(parts[1]));
            default ->
                throw new IllegalArgumentException(
                        "\"" + name + "\" is none of zstd, zstd:LEVEL, gzip, gzip:LEVEL, none");
        };
    }

    private static int number(String level) {
        try {
            return Integer.parseInt(level);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the level \"" + level + "\" is not a number", e);
        }
    }
}
