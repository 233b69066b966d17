package io.jmigrate.migration.policy;

import java.util.Comparator;
import java.util.List;

/**
 * How many bytes a container writes within a time, by what was measured for some times: straight lines between them, and on from the last
 * two. Pages are written again, so the lines get flatter.
 *
 * @param points ascending; not empty
 * @param memoryBytes no more than that is ever dirty
 */
public record DirtyCurve(List<Point> points, long memoryBytes) {
    private static final Point NOTHING = new Point(0, 0);

    /** So many bytes within so many nanoseconds. */
    public record Point(long nanos, long bytes) {}

    public DirtyCurve {
        points = points.stream().sorted(Comparator.comparingLong(Point::nanos)).toList();
        if (points.isEmpty() || points.getFirst().nanos() <= 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** One that knows a single rate. */
    static DirtyCurve of(double bytesASecond, long memoryBytes) {
        long second = (long) Rounds.NANOS_A_SECOND;
        return new DirtyCurve(List.of(new Point(second, (long) bytesASecond)), memoryBytes);
    }

    /** Bytes written within so many nanoseconds. */
    public long within(double nanos) {
        Point before = NOTHING;
        Point after = points.getFirst();
        for (Point point : points.subList(1, points.size())) {
            if (nanos > after.nanos() && point.nanos() > after.nanos()) {
                before = after;
                after = point;
            }
        }
        double slope = (after.bytes() - before.bytes()) / (double) (after.nanos() - before.nanos());
        double bytes = before.bytes() + Math.max(0, slope) * (nanos - before.nanos());
        return (long) Math.clamp(bytes, 0, memoryBytes);
    }
}
