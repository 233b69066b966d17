package io.jmigrate.migration.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The part of the downtime that has nothing to do with memory: to freeze, dump, restore and resume.
 *
 * @param nanos how long it takes
 * @param dumpNanos the part of it in which CRIU dumps: meanwhile memory is sent
 * @param origin how that is known
 */
public record FixedCost(long nanos, long dumpNanos, Origin origin) {
    private static final FixedCost ASSUMED = new FixedCost(
            Duration.ofMillis(250).toNanos(), Duration.ofMillis(100).toNanos(), Origin.ASSUMED);

    /** How a fixed cost is known. */
    public enum Origin {
        /** Nothing was measured yet. */
        ASSUMED,
        /** Earlier migrations of this node took so long. */
        MEASURED
    }

    public FixedCost {
        if (dumpNanos < 0 || dumpNanos > nanos) {
            throw new IllegalArgumentException("a part that is less than nothing, or more than the whole");
        }
    }

    /** The same, if so much besides is sent while nothing runs, whatever was copied before. @param bandwidth bytes a second */
    public FixedCost andSending(long bytes, double bandwidth) {
        return bytes == 0
                ? this
                : new FixedCost(nanos + (long) (bytes * Rounds.NANOS_A_SECOND / bandwidth), dumpNanos, origin);
    }

    /** Of several at once; measured if all are. */
    static FixedCost sum(List<FixedCost> parts) {
        boolean measured = parts.stream().allMatch(part -> part.origin() == Origin.MEASURED);
        long nanos = parts.stream().mapToLong(FixedCost::nanos).sum();
        long dumpNanos = parts.stream().mapToLong(FixedCost::dumpNanos).sum();
        return new FixedCost(nanos, dumpNanos, measured ? Origin.MEASURED : Origin.ASSUMED);
    }

    /** @param earlier what earlier migrations took; the median counts, since single ones met a busy host */
    public static FixedCost of(List<FixedCost> earlier) {
        return earlier.isEmpty()
                ? ASSUMED
                : earlier.stream()
                        .sorted(Comparator.comparingLong(FixedCost::nanos))
                        .toList()
                        .get(earlier.size() / 2);
    }
}
