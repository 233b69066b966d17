package io.jmigrate.runtime.cgroup;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the kernel does in its own time, and tells nobody when. */
final class Attempts {
    private static final Duration POLL = Duration.ofMillis(1);

    private Attempts() {}

    /** Tries until it works or the time is over. @return whether it worked */
    static boolean within(Duration limit, BooleanSupplier attempt) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!attempt.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }
}
