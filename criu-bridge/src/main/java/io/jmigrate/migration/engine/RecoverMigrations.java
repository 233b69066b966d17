package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.RecoveryOutcome;
import java.util.List;

/**
 * Ends what crashes and lost connections left open, of either side, so that exactly one copy runs.
 *
 * <p>A migration whose owner still lives is left to it. One that can't be settled because the peer does not answer stays as it
 * is and its outcome says so.
 */
@FunctionalInterface
public interface RecoverMigrations {
    /** One outcome for each migration that was open; empty if there was nothing to do. */
    List<RecoveryOutcome> run(RecoverRequest request);
}
