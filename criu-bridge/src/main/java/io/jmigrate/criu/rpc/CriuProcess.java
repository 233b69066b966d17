package io.jmigrate.criu.rpc;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * CRIU's process, whose end is known also when the launcher's process is gone, which would have told of it.
 *
 * @param ref empty if it ended as soon as it was started
 */
record CriuProcess(Child child, Optional<ProcessRef> ref) {
    private static final Duration LOOK = Duration.ofMillis(5);

    static CriuProcess of(Child child) {
        return new CriuProcess(child, Processes.find(child.pid()));
    }

    int pid() {
        return child.pid();
    }

    /** Whether it has ended. */
    boolean hasEnded() {
        return child.exited().isDone()
                && (!child.exited().isCompletedExceptionally()
                        || ref.filter(Processes::alive).isEmpty());
    }

    /** Waits until it has ended. */
    void awaitEnd() {
        child.exited().handle((status, lost) -> status).join();
        while (!hasEnded()) { // it is somebody else's child now
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
