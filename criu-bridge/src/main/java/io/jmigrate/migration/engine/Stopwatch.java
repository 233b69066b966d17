package io.jmigrate.migration.engine;

import io.jmigrate.migration.report.Downtime;
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

    /** From the freeze to the first instruction; every lap must be marked. */
    Downtime downtime() {
        return new Downtime(
                nanos(Lap.FREEZE, Lap.DUMPED),
                nanos(Lap.DUMPED, Lap.SENT),
                nanos(Lap.SENT, Lap.HELD),
                nanos(Lap.HELD, Lap.RUNNING));
    }

    private long nanos(Lap from, Lap to) {
        return laps.get(to) - laps.get(from);
    }

    long totalNanos() {
        return System.nanoTime() - start;
    }
}
