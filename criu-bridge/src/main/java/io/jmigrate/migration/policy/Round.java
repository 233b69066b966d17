package io.jmigrate.migration.policy;

import java.util.List;

/**
 * One round of copying memory while the container runs, as measured.
 *
 * @param writtenBytes of pages that it was about: in the first round all, then those written since the round before
 * @param sentBytes of pages that were not zero, as they were before they were compressed
 * @param nanos from its beginning until the peer had kept it; at least 1
 */
public record Round(long writtenBytes, long sentBytes, long nanos) {
    public Round {
        if (writtenBytes < 0 || sentBytes < 0) {
            throw new IllegalArgumentException("less than no bytes");
        }
        nanos = Math.max(1, nanos);
    }

    /** Of several that were made at the same time. @param parts not empty */
    static Round together(List<Round> parts) {
        return new Round(
                parts.stream().mapToLong(Round::writtenBytes).sum(),
                parts.stream().mapToLong(Round::sentBytes).sum(),
                parts.stream().mapToLong(Round::nanos).max().orElseThrow());
    }

    /** Bytes of pages a second that arrived. */
    double bandwidth() {
        return sentBytes * Rounds.NANOS_A_SECOND / nanos;
    }
}
