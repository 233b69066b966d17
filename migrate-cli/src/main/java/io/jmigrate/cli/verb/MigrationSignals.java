package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.cli.progress.ProgressDisplay;
import io.jmigrate.migration.engine.CancelToken;
import io.jmigrate.runtime.linux.Signal;

/** What the caller's signals mean to a migration. */
final class MigrationSignals {
    private MigrationSignals() {}

    /**
     * From now on the first of those that ask for an end gives it up, or the caller hears that it is too late; the one that tells of another size
     * of the window has what is shown drawn anew.
     */
    static void give(Session session, CancelToken cancel, ProgressDisplay display) {
        OrderlyEnd end = new OrderlyEnd(signal -> {
            if (!cancel.cancel("the signal " + signal.name())) {
                display.say("jmigrate: signal " + signal.name()
                        + ": the other node has been told to take over: too late to give up");
            }
        });
        session.invocation().signals().handle(signal -> {
            if (signal.equals(Signal.WINCH)) {
                display.resized();
            } else {
                end.accept(signal);
            }
        });
    }
}
