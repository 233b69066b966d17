package io.jmigrate.migration.policy;

import java.util.List;

/** How a container writes its memory. */
interface Trace {
    double NANOS_A_SECOND = 1e9;

    /** How much memory it has. */
    long memoryBytes();

    /** Bytes of the pages that it writes between two times, in nanoseconds, with a part of its processor time. */
    long writtenBytes(long from, long to, int percent);

    /** Writes this much a second, always other pages until it has written all. */
    static Trace steady(long memoryBytes, long bytesASecond) {
        return of(memoryBytes, seconds -> bytesASecond * seconds);
    }

    /** Writes a part of its memory all the time and the rest now and then. */
    static Trace hotAndCold(long memoryBytes, long hotBytes, long hotASecond, long coldASecond) {
        return of(memoryBytes, seconds -> Math.min(hotBytes, hotASecond * seconds) + coldASecond * seconds);
    }

    /** Writes fast for a while, slowly for a while, and so on. */
    static Trace bursts(long memoryBytes, long fast, long slow, double seconds) {
        return new Trace() {
            @Override
            public long memoryBytes() {
                return memoryBytes;
            }

            @Override
            public long writtenBytes(long from, long to, int percent) {
                double written = (upTo(to) - upTo(from)) * percent / 100;
                return (long) Math.min(memoryBytes, written);
            }

            private double upTo(long time) {
                double all = time / NANOS_A_SECOND;
                double periods = Math.floor(all / (2 * seconds));
                double rest = all - periods * 2 * seconds;
                double inRest = fast * Math.min(rest, seconds) + slow * Math.max(0, rest - seconds);
                return periods * seconds * (fast + slow) + inRest;
            }
        };
    }

    /**
     * As it was measured.
     *
     * @param points pairs of a time in milliseconds and the bytes that were written within as long, both ascending
     */
    static Trace recorded(long memoryBytes, List<long[]> points) {
        return of(memoryBytes, seconds -> Recorded.at(points, seconds * 1000));
    }

    private static Trace of(long memoryBytes, Curve curve) {
        return new Trace() {
            @Override
            public long memoryBytes() {
                return memoryBytes;
            }

            @Override
            public long writtenBytes(long from, long to, int percent) {
                double seconds = (to - from) / NANOS_A_SECOND * percent / 100;
                return (long) Math.min(memoryBytes, curve.written(seconds));
            }
        };
    }

    /** Bytes written within a time. */
    interface Curve {
        double written(double seconds);
    }

    /** Straight lines between measured points, the last of which goes on. */
    final class Recorded {
        private Recorded() {}

        static double at(List<long[]> points, double millis) {
            long[] before = {0, 0};
            for (long[] point : points) {
                if (millis <= point[0]) {
                    return between(before, point, millis);
                }
                if (point != points.getLast()) {
                    before = point;
                }
            }
            return between(before, points.getLast(), millis);
        }

        private static double between(long[] before, long[] after, double millis) {
            double part = (millis - before[0]) / (after[0] - before[0]);
            return before[1] + part * (after[1] - before[1]);
        }
    }
}
