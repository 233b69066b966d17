package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Moves containers one after the other, each by a migration of its own. What fails for one does not keep the others; only if all are given
 * up, no more are begun.
 *
 * @param migrate moves one
 */
public record MigrateInTurn(Migrate migrate) {
    /**
     * @param progress who hears of which request's migration
     * @param cancel gives up the one that is under way, unless it has committed, and those that are to come
     * @param tooLate hears of the one that has committed when that is wished for; called by whoever wishes it
     * @return one outcome for each request, in their order
     */
    public List<MigrationOutcome> run(
            List<MigrateRequest> requests,
            Function<MigrateRequest, ProgressListener> progress,
            CancelToken cancel,
            Consumer<MigrateRequest> tooLate) {
        AtomicBoolean over = new AtomicBoolean();
        cancel.onCancel(_ -> over.set(true));
        List<MigrationOutcome> outcomes = new ArrayList<>();
        for (MigrateRequest request : requests) {
            outcomes.add(
                    over.get()
                            ? new MigrationOutcome.NotBegun(request.container())
                            : outcome(request, progress.apply(request), cancel, tooLate));
        }
        return List.copyOf(outcomes);
    }

    /** Its commit comes too late for itself alone. */
    private MigrationOutcome outcome(
            MigrateRequest request, ProgressListener progress, CancelToken all, Consumer<MigrateRequest> tooLate) {
        CancelToken own = new CancelToken();
        AtomicBoolean underWay = new AtomicBoolean(true);
        all.onCancel(why -> {
            if (!own.giveUp(why) && underWay.get()) {
                tooLate.accept(request);
            }
        });
        try {
            return new MigrationOutcome.Moved(migrate.run(request, progress, own));
        } catch (Failure e) {
            return new MigrationOutcome.Failed(request.container(), e);
        } finally {
            underWay.set(false);
        }
    }
}
