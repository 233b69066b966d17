package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A wish to give a migration up, against its commit: whichever comes first decides, and the other one comes too late. Those that migrate
 * together share one, at either end: the first that fails gives all of them up, the first that commits commits all of them. May be used
 * by any thread.
 */
public final class CancelToken {
    private Optional<Failure> cancelled = Optional.empty();
    private final List<Consumer<Failure>> sleepers = new ArrayList<>();
    private final CompletableFuture<Void> seal = new CompletableFuture<>();
    private boolean sealed;

    /**
     * Gives the migration up, unless it has committed. Does not wait for its end.
     *
     * @param by who or what wishes so, as in "cancelled by the signal INT"
     * @return whether the migration ends before its commit, for this wish or an earlier one
     */
    public synchronized boolean cancel(String by) {
        return giveUp(Failure.of(MigrationCode.CANCELLED, "the migration was cancelled by " + by));
    }

    /** The same for another reason. */
    synchronized boolean giveUp(Failure why) {
        if (!sealed && cancelled.isEmpty()) {
            cancelled = Optional.of(why);
            sleepers.forEach(wake -> wake.accept(why));
        }
        return cancelled.isPresent();
    }

    /** @param wake is told when the migration is given up, at once if it is already; must not wait */
    synchronized void onCancel(Consumer<Failure> wake) {
        sleepers.add(wake);
        cancelled.ifPresent(wake);
    }

    /** @throws Failure CANCELLED if the migration is given up */
    synchronized void check() {
        cancelled.ifPresent(why -> {
            throw why.again();
        });
    }

    /**
     * The commit comes next: from now on it is too late. Nothing happens if it is sealed already.
     *
     * @throws Failure CANCELLED if the migration is given up
     */
    void seal() {
        synchronized (this) {
            check();
            sealed = true;
        }
        seal.complete(null);
    }

    /** Completes when it is sealed, by whomever. */
    CompletableFuture<Void> sealed() {
        return seal;
    }

    /** Why a migration ended that met this failure: whatever it met after it was given up is only a consequence of that. */
    synchronized RuntimeException reasonOf(RuntimeException met) {
        return cancelled
                .<RuntimeException>map(why -> why == met ? met : why.withCause(met))
                .orElse(met);
    }
}
