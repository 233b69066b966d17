package io.jmigrate.cli.verb;

import io.jmigrate.cli.progress.Bar;
import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreVerdict;

/** Shows how a container's memory comes while it runs; until it runs, a signal ends the restore. */
final class RestoreProgress implements RestoreListener {
    private final Session session;
    private final Cancellation cancellation;
    private final Bar bar;

    RestoreProgress(Session session, Cancellation cancellation) {
        this.session = session;
        this.cancellation = cancellation;
        this.bar = session.bar();
    }

    @Override
    public RestoreVerdict held(HeldTree tree) {
        cancellation.check();
        return RestoreVerdict.RESUME;
    }

    @Override
    public void arrived(long bytes, long total) {
        if (bytes < total) {
            bar.show("memory", bytes, total);
        } else {
            bar.erase();
        }
    }

    @Override
    public void eager(String why) {
        if (session.global().debug()) {
            session.log().debug("all memory is read before the container runs: " + why);
        }
    }
}
