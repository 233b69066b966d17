package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import java.time.Instant;
import java.util.Optional;

/** Where an arrival has got to: each state is in the journal before anybody acts on it. */
final class DestinationCourse {
    private final Journals journals;
    private final Chronicle chronicle = new Chronicle();
    private DestinationRecord entry;

    DestinationCourse(Journals journals, DestinationRecord entry) {
        this.journals = journals;
        this.entry = entry;
        chronicle.begin(Step.RECEIVE);
        journals.save(entry);
    }

    synchronized void enter(DestinationState next) {
        step(next)
                .flatMap(step -> entry.startsAnew() ? step.ofRestart() : Optional.of(step))
                .ifPresent(chronicle::begin);
        DestinationRecord changed = entry.in(next, Instant.now()).reporting(chronicle.report());
        journals.save(changed);
        entry = changed;
    }

    /** What becomes of a tree that lacks memory, if that is not known by now. */
    LackingArrival.Outcome whileIn(DestinationState.Lacking lacking) {
        return new LackingArrival.Outcome() {
            @Override
            public void complete(FaultLatency latency) {
                chronicle.faults(latency);
                leave(lacking, lacking.complete());
            }

            @Override
            public void lost() {
                leave(lacking, lacking.lost());
            }
        };
    }

    private synchronized void leave(DestinationState.Lacking from, DestinationState.Ran next) {
        if (!entry.state().equals(from)) {
            throw Failure.of(MigrationCode.PEER_FAILED, "it does not lack memory any more: " + entry.whereabouts());
        }
        enter(next);
    }

    synchronized void hold(ProcessRef root) {
        entry = entry.holding(root);
        enter(new DestinationState.Held());
    }

    /** What the arrival is measured by. */
    Chronicle chronicle() {
        return chronicle;
    }

    private static Optional<Step> step(DestinationState state) {
        return switch (state) {
            case DestinationState.Restoring _ -> Optional.of(Step.RESTORE);
            case DestinationState.Held _ -> Optional.of(Step.HOLD);
            case DestinationState.Going _, DestinationState.Starting _ -> Optional.of(Step.RESUME);
            case DestinationState.Lacking _ -> Optional.of(Step.FOLLOW);
            case DestinationState.Running _ -> Optional.of(Step.FILL);
            default -> Optional.empty();
        };
    }

    synchronized DestinationState state() {
        return entry.state();
    }

    synchronized DestinationRecord entry() {
        return entry;
    }

    /** What has become of it so far, to be written down. @param why it failed, if it has */
    synchronized AuditEvent outcome(Optional<String> why) {
        Verdict verdict =
                switch (entry.state()) {
                    case DestinationState.Ran _ -> Verdict.RUNS;
                    case DestinationState.NeverRan _ -> Verdict.NEVER_RAN;
                    case DestinationState.NotYet _,
                            DestinationState.Going _,
                            DestinationState.Starting _,
                            DestinationState.MayHaveRun _ -> Verdict.IN_DOUBT;
                    case DestinationState.Lacking _ -> Verdict.LACKS;
                };
        return AuditEvent.of(Deed.ARRIVAL, verdict)
                .because(why.stream().toList())
                .with(chronicle.report().bytes().total());
    }
}
