package io.jmigrate.criu;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A dump whose client was killed. Its CRIU may be at work still: it learns of that when it has something to say, undoes what it did
 * then, and ends. One that writes memory has nothing to say for as long as that takes, with the container stopped for images that nobody
 * will have.
 *
 * @param criu who dumps, or did
 * @param cgroup the container's
 * @param remains what CRIU leaves if it is killed
 */
record OrphanedDump(ProcessRef criu, Cgroup cgroup, AbandonedDump remains) {
    /** What CRIU needs to notice, and to undo what it did. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    OrphanedDump {
        Objects.requireNonNull(criu);
        Objects.requireNonNull(cgroup);
        Objects.requireNonNull(remains);
    }

    /**
     * Ends it, and the container is as it was. It is thawed even if its connections are lost.
     *
     * @param lives whether the container does, asked when CRIU, which may have been about to kill it, has had its time
     * @param paused whether the container's user has paused it, before the dump or since: it is frozen then, else it goes on
     * @throws io.jmigrate.runtime.failure.Failure DUMP_FAILED, IO
     */
    void settle(BooleanSupplier lives, boolean paused) {
        try {
            end(lives);
        } finally {
            if (!paused) {
                cgroup.thaw();
            }
        }
    }

    /** Ends it. The container stands still then, and nothing but its freezer holds it. @throws io.jmigrate.runtime.failure.Failure as above */
    void end(BooleanSupplier lives) {
        Processes.awaitEnd(criu, GRACE);
        try {
            if (lives.getAsBoolean()) {
                // CRIU thaws the cgroup while it holds every task itself (criu/seize.c, freeze_processes)
                cgroup.freeze(ContainerStandstill.FREEZE_LIMIT);
            }
        } finally {
            endCriu();
        }
        remains.undo();
    }

    private void endCriu() {
        while (Processes.alive(criu)) {
            Processes.killIfAlive(criu, Signal.KILL);
            Processes.awaitEnd(criu, GRACE);
        }
    }
}
