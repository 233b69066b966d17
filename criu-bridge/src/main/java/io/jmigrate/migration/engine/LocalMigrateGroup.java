package io.jmigrate.migration.engine;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.wire.RateLimit;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Moves containers of this host together to one other: copied at the same time, frozen at one point, handed over as one.
 *
 * <p>Needs what {@link Migrate} needs, of each. Until all are held at the destination one that can't go keeps all of them here. The commit is
 * one record; after it each is where it runs, as with a single migration.
 */
public final class LocalMigrateGroup {
    private final LocalMigrate migrate;

    /** @param migrate moves one of them */
    public LocalMigrateGroup(LocalMigrate migrate) {
        this.migrate = migrate;
    }

    /**
     * @param requests of different containers, with the same peer and the same terms
     * @param progress who hears of which request's migration; called by several threads at the same time, each for its own
     * @param cancel gives all of them up as long as they have not committed
     * @return one outcome for each request, in their order
     */
    public List<MigrationOutcome> run(
            GroupId group,
            List<MigrateRequest> requests,
            Function<MigrateRequest, ProgressListener> progress,
            CancelToken cancel) {
        LeavingGroup all = new LeavingGroup(
                group, requests.size(), Journals.at(requests.getFirst().root()), cancel);
        RateLimit limit = LocalMigrate.limit(requests.getFirst());
        List<Future<MigrationOutcome>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("migration ", 1).factory())) {
            for (MigrateRequest request : requests) {
                running.add(threads.submit(() ->
                        outcome(request, progress.apply(request), cancel, all.member(request.container()), limit)));
            }
        }
        return running.stream().map(LocalMigrateGroup::ended).toList();
    }

    /** The others must not wait for one that has ended, in whichever way. */
    private MigrationOutcome outcome(
            MigrateRequest request, ProgressListener progress, CancelToken cancel, Company company, RateLimit limit) {
        try {
            return new MigrationOutcome.Moved(
                    MachineErrors.get(() -> migrate.run(request, progress, cancel, company, limit)));
        } catch (Failure e) {
            company.withdraw(e);
            return new MigrationOutcome.Failed(request.container(), e);
        } catch (RuntimeException e) {
            company.withdraw(e);
            throw e;
        }
    }

    private static MigrationOutcome ended(Future<MigrationOutcome> over) {
        try {
            return over.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted though all have ended", e);
        }
    }
}
