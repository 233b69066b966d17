package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Commitment.Outcome;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import java.util.Optional;

/** What becomes of a container at its source when the destination holds it: it is given away, and its memory follows if it has to. */
record Parting(
        MigrateRequest request,
        MigrationId id,
        SourceNode node,
        Peer peer,
        SourceCourse course,
        Grip grip,
        SentBytes sent) {
    /**
     * Nothing is thrown when it is given away.
     *
     * @param secret joins further connections to the migration
     * @param moved how pages have gone before
     */
    Outcome make(JointDecision decision, SourceState.Held held, Control control, String secret, PagesMoved moved) {
        Optional<RuntimeException> lost = decision.make(id);
        Outcome end = new Commitment(id, request.container(), peer, course, request.patience())
                .make(held.committed(), control, decision.company(), lost, this::endConnections);
        return end instanceof Outcome.Lacks(SourceState.Divided next) ? follow(next, secret, moved) : end;
    }

    /** What CRIU is to do with the copy that stands still. */
    DumpVerdict verdict(Outcome end) {
        return switch (end) {
            case Outcome.Runs _ -> {
                // one that can't be killed now must not be thawed for it: it is deleted in the end
                course.attempt(node::killFrozen);
                yield DumpVerdict.KILL;
            }
            case Outcome.GivenBack _ -> DumpVerdict.THAW;
            case Outcome.Unknown _, Outcome.Divided _, Outcome.Lacks _ -> DumpVerdict.LEAVE_FROZEN;
        };
    }

    /** As long as it was not given away, they were its own. */
    private void endConnections() {
        if (request.network().endsConnections()) {
            course.attempt(node::resetConnections);
            grip.takeLinkDown();
        }
    }

    /** The destination is given what it lacks, by the copy that stands still. */
    private Outcome follow(SourceState.Divided next, String secret, PagesMoved moved) {
        try {
            course.enter(next);
            FaultLatency waited =
                    new FollowingMemory(id, secret, peer, node, request.patience(), moved, sent::followed).give();
            course.chronicle().faults(waited);
            return new Outcome.Runs();
        } catch (RuntimeException | Error lost) {
            return new Outcome.Divided(lost);
        }
    }
}
