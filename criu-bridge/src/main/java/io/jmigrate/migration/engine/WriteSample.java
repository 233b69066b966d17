package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.DirtyCurve;
import io.jmigrate.migration.policy.DirtyCurve.Point;
import io.jmigrate.pages.PageTaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Watches for a while how a container writes its memory. Nothing is sent; the processes are followed as in a migration. */
final class WriteSample {
    /** Shorter times say how fast hot pages are written again, longer ones how many others there are. */
    private static final List<Duration> TIMES =
            List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1600));

    private static final PageTaker NOBODY = (run, content) -> content.position(content.limit());

    private final SourceMemory node;

    private WriteSample(SourceMemory node) {
        this.node = node;
    }

    static WriteSample of(SourceMemory node) {
        return new WriteSample(node);
    }

    DirtyCurve take() {
        try (MemoryAhead memory = node.memory(NOBODY)) {
            long all = memory.round();
            long begun = System.nanoTime();
            List<Point> points = new ArrayList<>();
            for (Duration time : TIMES) {
                rest(begun + time.toNanos() - System.nanoTime());
                OptionalLong pending = memory.pending();
                long now = System.nanoTime() - begun;
                pending.ifPresent(bytes -> points.add(new Point(now, bytes)));
            }
            if (points.isEmpty()) {
                long now = System.nanoTime() - begun;
                points.add(new Point(now, memory.round()));
            }
            return new DirtyCurve(points, all);
        }
    }

    private static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
