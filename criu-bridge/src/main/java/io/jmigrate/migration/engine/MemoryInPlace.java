package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the memory of a container that has only just arrived here itself, and is to go on. */
final class MemoryInPlace {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private MemoryInPlace() {}

    /** @throws Failure STILL_ARRIVING if it takes longer than the patience, CANCELLED */
    static void await(SourceMemory memory, SourceCourse course, CancelToken cancel, Duration patience) {
        if (!memory.memoryArrives()) {
            return;
        }
        course.tell(new ProgressEvent.Waiting("its memory is still being put in place since it has arrived here"));
        long deadline = System.nanoTime() + patience.toNanos();
        while (memory.memoryArrives()) {
            cancel.check();
            if (System.nanoTime() > deadline) {
                throw Failure.of(
                        MigrationCode.STILL_ARRIVING,
                        "its memory is still arriving after " + patience.toSeconds() + " s");
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
