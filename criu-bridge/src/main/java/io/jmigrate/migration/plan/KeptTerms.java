package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a node keeps memory of containers that leave it.
 *
 * @param directory where; nobody else's, made with the first that is kept
 * @param bytesMax what all of it may take; what was kept first goes first
 * @param age how long it is kept
 */
public record KeptTerms(Path directory, long bytesMax, Duration age) {
    public static final long DEFAULT_BYTES_MAX = 4L << 30;
    public static final Duration DEFAULT_AGE = Duration.ofHours(24);

    public KeptTerms {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(age);
        if (bytesMax < 1) {
            throw new IllegalArgumentException("room for " + bytesMax + " bytes");
        }
    }
}
