package io.jmigrate.migration.plan;

import io.jmigrate.migration.policy.Compress;
import io.jmigrate.pages.track.TrackerKind;
import java.util.Objects;
import java.util.Optional;

/**
 * How a migration's memory gets to the destination.
 *
 * @param verify whether all of it is compared at both ends before the commit
 * @param tracker how changes of it are to be found; empty: as the host does best
 * @param compress whether its pages are compressed
 * @param keep whether a source that keeps memory may keep it when it has left
 */
public record MemoryTerms(boolean verify, Optional<TrackerKind> tracker, Compress compress, boolean keep) {
    /** Without comparing it, and otherwise as it goes best. */
    public static final MemoryTerms USUAL = new MemoryTerms(false, Optional.empty(), Compress.AUTO, true);

    public MemoryTerms {
        Objects.requireNonNull(tracker);
        Objects.requireNonNull(compress);
    }
}
