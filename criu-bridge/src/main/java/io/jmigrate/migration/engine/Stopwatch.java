package io.jmigrate.migration.engine;

import java.util.EnumMap;
import java.util.Map;

/** When what happened, by the clock of one process. */
final class Stopwatch {
    enum Lap {
        FREEZE,
        DUMPED,
        SENT,
        HELD,
        RUNNING
    }

    private final long start = System.nanoTime();
    private final Map<Lap, Long> laps = new EnumMap<>(Lap.class);

    void mark(Lap lap) {
        laps.put(lap, System.nanoTime());
    }

    /** Both laps must be marked. */
    long nanos(Lap from, Lap to) {
        return laps.get(to) - laps.get(from);
    }

    long totalNanos() {
        return System.nanoTime() - start;
    }
}
