package io.jmigrate.migration.policy;

import java.util.List;

/** Decides, by how much memory changed between rounds, whether to copy once more while the container runs. */
public final class AnotherRound {
    private static final int ROUNDS_MAX = 5;
    /** As much is sent in a few milliseconds: a round more would gain less than it costs the container's host to read everything. */
    private static final long LITTLE_BYTES = 4 << 20;
    /** A round that sends more than this part of what the one before it sent shows that the container writes as fast as we copy. */
    private static final double CONVERGING = 0.75;

    private AnotherRound() {}

    /** @param changedBytes what each round so far had to send, the first one everything; not empty */
    public static boolean pays(List<Long> changedBytes) {
        long last = changedBytes.getLast();
        if (changedBytes.size() >= ROUNDS_MAX || last <= LITTLE_BYTES) {
            return false;
        }
        return changedBytes.size() == 1 || last < CONVERGING * changedBytes.get(changedBytes.size() - 2);
    }
}
