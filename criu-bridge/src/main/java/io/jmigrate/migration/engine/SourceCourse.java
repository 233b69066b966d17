package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.FixedCost;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.Phase;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.store.NameLock;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a migration has got to: each state is in the journal before anybody acts on it, then told to the listener. The journal is
 * claimed until this is closed.
 */
final class SourceCourse implements AutoCloseable {
    private static final long SENT_INTERVAL_NANOS = 50_000_000;

    private final Journals journals;
    private final ProgressListener progress;
    private final NameLock claim;
    private final Chronicle chronicle = new Chronicle();
    private SourceRecord entry;
    private long toldAt = System.nanoTime() - SENT_INTERVAL_NANOS;

    /** @param entry of a new migration; it is written when the course begins */
    SourceCourse(Journals journals, ProgressListener progress, SourceRecord entry) {
        this.journals = journals;
        this.progress = progress;
        this.entry = entry;
        this.claim = journals.claim(entry.id(), Side.SOURCE)
                .orElseThrow(() -> Failure.of(MigrationCode.JOURNAL, "migration " + entry.id() + " is known already"));
    }

    /** Writes the first record. */
    void begin() {
        enter(entry.state());
    }

    void enter(SourceState next) {
        SourceRecord changed = changed(next);
        journals.save(changed);
        entered(changed);
    }

    private SourceRecord changed(SourceState next) {
        step(next).ifPresent(this::begin);
        return entry.in(next, Instant.now()).reporting(chronicle.report());
    }

    /** A step begins; one that its container does not take is not noted. */
    void begin(Step step) {
        (entry.startsAnew() ? step.ofRestart() : Optional.of(step)).ifPresent(chronicle::begin);
    }

    private void entered(SourceRecord changed) {
        entry = changed;
        phase(changed).ifPresent(phase -> tell(new ProgressEvent.PhaseEntered(phase)));
    }

    /** Its group has decided: that holds even if it can't be written down here. */
    void follow(SourceState.Committed decided) {
        SourceRecord changed = changed(decided);
        attempt(() -> journals.save(changed));
        entered(changed);
    }

    /** What the connections of the migration are joined by; in the journal with the next state. */
    void joinedBy(String secret) {
        entry = entry.joinedBy(secret);
    }

    /** Writes down what processor time the container could use, before that is changed. */
    void slow(CpuQuota usual) {
        SourceRecord changed = entry.slowed(usual);
        journals.save(changed);
        entry = changed;
    }

    /** What of the downtime had nothing to do with memory, in the last migrations to the same peer. */
    FixedCost fixedCost() {
        return EarlierMigrations.fixedCost(journals, entry.peer());
    }

    SourceState state() {
        return entry.state();
    }

    /** What the migration is measured by. */
    Chronicle chronicle() {
        return chronicle;
    }

    /** What is in the journal of that. */
    MigrationReport report() {
        return entry.report().orElseThrow();
    }

    /**
     * Bytes are told of now and then: the container may be frozen meanwhile. Everything else is told at once. A listener that fails
     * does not change the course.
     */
    void tell(ProgressEvent event) {
        if (event instanceof ProgressEvent.Sent sent) {
            chronicle.sent(sent.kind(), sent.bytes());
            long now = System.nanoTime();
            if (now - toldAt < SENT_INTERVAL_NANOS) {
                return;
            }
            toldAt = now;
        }
        try {
            progress.happened(event);
        } catch (RuntimeException e) {
            log("telling of " + event, e);
        }
    }

    /** Something failed that no longer matters to the container. */
    void warn(RuntimeException e) {
        log("in the migration " + entry.id() + ", which goes on", e);
    }

    /** What no longer matters to the container if it fails. */
    void attempt(Runnable step) {
        try {
            MachineErrors.run(step);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private static void log(String what, RuntimeException e) {
        System.getLogger(SourceCourse.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }

    @Override
    public void close() {
        claim.close();
    }

    /** The step that begins with a state; others begin in between. */
    private static Optional<Step> step(SourceState state) {
        return switch (state) {
            case SourceState.Preflight _ -> Optional.of(Step.PREFLIGHT);
            case SourceState.PreCopy _ -> Optional.of(Step.PRE_COPY);
            case SourceState.Frozen _ -> Optional.of(Step.PREPARE);
            case SourceState.Restoring _ -> Optional.of(Step.RESTORE);
            case SourceState.Held _ -> Optional.of(Step.RESUME);
            case SourceState.Divided _ -> Optional.of(Step.FOLLOW);
            case SourceState.Committed _, SourceState.Completed _, SourceState.Aborted _ -> Optional.empty();
        };
    }

    private static Optional<Phase> phase(SourceRecord entry) {
        boolean anew = entry.startsAnew();
        return switch (entry.state()) {
            case SourceState.Preflight _ -> Optional.of(Phase.PREFLIGHT);
            case SourceState.PreCopy copying -> copying.round() == 1 ? Optional.of(Phase.PRE_COPY) : Optional.empty();
            case SourceState.Frozen _ -> Optional.of(anew ? Phase.STOPPED : Phase.FROZEN);
            case SourceState.Restoring _ -> Optional.of(anew ? Phase.MAKING : Phase.RESTORING);
            case SourceState.Held _ -> Optional.of(Phase.HELD);
            case SourceState.Committed _ -> Optional.of(Phase.COMMITTED);
            case SourceState.Divided _ -> Optional.of(Phase.FOLLOWING);
            case SourceState.Completed _ -> Optional.of(Phase.COMPLETED);
            case SourceState.Aborted _ -> Optional.empty();
        };
    }
}
