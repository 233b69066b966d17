package io.jmigrate.migration.report;

import io.jmigrate.pages.track.TrackerKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one end has measured of a migration, as far as it has come: kept in the journal.
 *
 * @param tracker how it was told which memory changes; the source knows
 * @param totalNanos since the migration began at this end
 * @param spans the steps in their order, each from the end of the one before
 * @param rounds in which memory was copied while the container ran; the source knows
 * @param bytes what was sent, or arrived
 * @param faults how long programs have waited for memory that followed them; the destination knows, if there was any
 */
public record MigrationReport(
        Optional<TrackerKind> tracker,
        long totalNanos,
        List<Span> spans,
        List<CopyRound> rounds,
        BytesMoved bytes,
        Optional<FaultLatency> faults) {
    public MigrationReport {
        Objects.requireNonNull(tracker);
        spans = List.copyOf(spans);
        rounds = List.copyOf(rounds);
        Objects.requireNonNull(bytes);
        Objects.requireNonNull(faults);
    }

    /** Where no memory has followed, as far as this end knows. */
    public MigrationReport(
            Optional<TrackerKind> tracker,
            long totalNanos,
            List<Span> spans,
            List<CopyRound> rounds,
            BytesMoved bytes) {
        this(tracker, totalNanos, spans, rounds, bytes, Optional.empty());
    }

    /** With what programs have waited for memory that followed them. */
    public MigrationReport waitedFor(FaultLatency latency) {
        return new MigrationReport(tracker, totalNanos, spans, rounds, bytes, Optional.of(latency));
    }

    /** How long the container stood still and why, so far; only the end that froze it knows. */
    public Optional<Downtime> downtime() {
        return has(Step.FREEZE) || has(Step.STOP)
                ? Optional.of(new Downtime(
                        nanos(Step.STOP),
                        nanos(Step.FREEZE),
                        nanos(Step.DUMP),
                        nanos(Step.LAST_MEMORY) + nanos(Step.TRANSFER) + nanos(Step.VERIFY),
                        nanos(Step.RESTORE),
                        nanos(Step.RESUME)))
                : Optional.empty();
    }

    /**
     * The downtime but for what of the last memory was sent after the dump; only of a migration that succeeded it is all of that. Empty if all memory was compared: the
     * destination's part of that can't be told from its restore; or if it was ended, which takes as long as its program wants.
     */
    public Optional<Long> fixedNanos() {
        return has(Step.VERIFY) || has(Step.STOP)
                ? Optional.empty()
                : downtime().map(all -> all.totalNanos() - nanos(Step.LAST_MEMORY));
    }

    private boolean has(Step step) {
        return spans.stream().anyMatch(span -> span.step() == step);
    }

    private long nanos(Step step) {
        return spans.stream()
                .filter(span -> span.step() == step)
                .mapToLong(Span::nanos)
                .sum();
    }
}
