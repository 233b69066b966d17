package io.jmigrate.migration.engine;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.util.concurrent.locks.LockSupport;

/** Tells the neighbours again: one frame may be lost, and a switch that has just learned may need another. */
final class Announcements {
    private static final long[] AFTER_MILLIS = {50, 150, 400, 1000};

    private Announcements() {}

    /**
     * Of a container that goes on where it was: a switch may look for it elsewhere, or have forgotten it while its link was down. Returns
     * when two have been sent, as this process may end then. What fails keeps no container from going on, and is noted.
     */
    static void again(NetworkAttachment network) {
        if (announce(network, 0) && announce(network, AFTER_MILLIS[0])) {
            inBackground(network, 1);
        }
    }

    static void repeat(NetworkAttachment network) {
        inBackground(network, 0);
    }

    /** @param first of the times */
    private static void inBackground(NetworkAttachment network, int first) {
        Thread.ofPlatform().daemon().name("announce").start(() -> {
            for (int i = first; i < AFTER_MILLIS.length && announce(network, AFTER_MILLIS[i]); i++) {}
        });
    }

    /** @return whether its interfaces are still there */
    private static boolean announce(NetworkAttachment network, long afterMillis) {
        try {
            LockSupport.parkNanos(afterMillis * 1_000_000);
            network.announce();
            return true;
        } catch (Failure e) {
            System.getLogger(Announcements.class.getName())
                    .log(System.Logger.Level.DEBUG, "the container has gone meanwhile", e);
            return false;
        }
    }
}
