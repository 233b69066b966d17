package io.jmigrate.migration.policy;

import java.time.Duration;
import java.util.List;

/**
 * The part of the downtime that has nothing to do with memory: to freeze, dump, restore and resume.
 *
 * @param nanos how long it takes
 * @param origin how that is known
 */
public record FixedCost(long nanos, Origin origin) {
    private static final Duration ASSUMED = Duration.ofMillis(250);

    /** How a fixed cost is known. */
    public enum Origin {
        /** Nothing was measured yet. */
        ASSUMED,
        /** Earlier migrations of this node took so long. */
        MEASURED
    }

    public FixedCost {
        if (nanos < 0) {
            throw new IllegalArgumentException("a cost of less than nothing");
        }
    }

    /** Of several at once; measured if all are. */
    static FixedCost sum(List<FixedCost> parts) {
        boolean measured = parts.stream().allMatch(part -> part.origin() == Origin.MEASURED);
        long nanos = parts.stream().mapToLong(FixedCost::nanos).sum();
        return new FixedCost(nanos, measured ? Origin.MEASURED : Origin.ASSUMED);
    }

    /** @param nanos what earlier migrations took; the median counts, since single ones met a busy host */
    public static FixedCost of(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return new FixedCost(ASSUMED.toNanos(), Origin.ASSUMED);
        }
        return new FixedCost(nanos.stream().sorted().toList().get(nanos.size() / 2), Origin.MEASURED);
    }
}
