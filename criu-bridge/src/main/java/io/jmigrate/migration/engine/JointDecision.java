package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The decision that all of those go that leave together, or the one that leaves alone.
 *
 * @param cancel that of the company
 * @param others how they are waited for
 */
record JointDecision(Company company, CancelToken cancel, GroupWait others) {
    /**
     * This one is held. Returns when all are and go; what it throws comes before the decision, or is its failure.
     *
     * @return how the peer was lost while the last one decided for all: it may have been told to go through another one
     */
    Optional<RuntimeException> make(MigrationId mine) {
        CompletableFuture<Boolean> decided = company.meet(mine, all -> {
            cancel.seal();
            company.decide(all);
            return true;
        });
        try {
            others.until(decided);
            return Optional.empty();
        } catch (RuntimeException e) {
            if (company.withdraw(e)) {
                throw e;
            }
            GroupWait.result(decided);
            return Optional.of(e);
        }
    }
}
