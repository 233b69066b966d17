package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.migration.engine.CancelToken;

/** What the caller's signals mean to a migration. */
final class MigrationSignals {
    private MigrationSignals() {}

    /** From now on the first of those that ask for an end gives it up, or the caller hears that it is too late. */
    static void give(Session session, CancelToken cancel) {
        session.invocation().signals().handle(new OrderlyEnd(signal -> {
            if (!cancel.cancel("the signal " + signal.name())) {
                session.err()
                        .println("jmigrate: signal " + signal.name()
                                + ": the other node has been told to take over: too late to give up");
            }
        }));
    }
}
