package io.jmigrate.migration.engine;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.util.concurrent.locks.LockSupport;

/** Tells the neighbours again: one frame may be lost, and a switch that has just learned may need another. */
final class Announcements {
    private static final long[] AFTER_MILLIS = {50, 150, 400, 1000};

    private Announcements() {}

    static void repeat(NetworkAttachment network) {
        Thread.ofPlatform().daemon().name("announce").start(() -> {
            try {
                for (long millis : AFTER_MILLIS) {
                    LockSupport.parkNanos(millis * 1_000_000);
                    network.announce();
                }
            } catch (Failure e) {
                System.getLogger(Announcements.class.getName())
                        .log(System.Logger.Level.DEBUG, "the container has gone meanwhile", e);
            }
        });
    }
}
