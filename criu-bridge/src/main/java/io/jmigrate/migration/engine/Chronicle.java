package io.jmigrate.migration.engine;

import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import io.jmigrate.pages.track.TrackerKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures one end of a migration, for its report. Times are by the clock of this process. Used by one thread. */
final class Chronicle {
    private final long start = System.nanoTime();
    private final List<Beginning> steps = new ArrayList<>();
    private final List<CopyRound> rounds = new ArrayList<>();
    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);
    private Optional<TrackerKind> tracker = Optional.empty();
    private FilesMoved files = FilesMoved.NONE;
    private Optional<PagesMoved> pages = Optional.empty();
    private Optional<FaultLatency> faults = Optional.empty();
    private long zeros;
    private SharedBytes shared = SharedBytes.NONE;

    private record Beginning(Step step, long nanos) {}

    /** A step begins, and the one before it is over. One that has begun goes on; an earlier one is taken anew. */
    void begin(Step step) {
        if (steps.isEmpty() || steps.getLast().step() != step) {
            steps.removeIf(taken -> taken.step().compareTo(step) >= 0);
            steps.add(new Beginning(step, elapsed()));
        }
    }

    /** Since the migration began at this end. */
    long elapsed() {
        return System.nanoTime() - start;
    }

    void tracker(TrackerKind kind) {
        tracker = Optional.of(kind);
    }

    /** A round has just ended. */
    void round(int number, long nanos, long writtenBytes, long sentBytes) {
        rounds.add(new CopyRound(number, elapsed() - nanos, nanos, writtenBytes, sentBytes));
    }

    /** So many bytes of this kind have gone so far. */
    void sent(Kind kind, long soFar) {
        bytes.put(kind, soFar);
    }

    /** More bytes of this kind have come. */
    void received(Kind kind, long more) {
        bytes.merge(kind, more, Long::sum);
    }

    /** So much of the root filesystem has gone, or come, so far. */
    void files(FilesMoved soFar) {
        files = soFar;
    }

    /** So many more bytes are zeros, of which only the place goes or comes. */
    void zeros(long more) {
        zeros += more;
    }

    /** A part of memory has gone or come, with so many bytes of memory that processes share. @param last whether no more follows */
    void shared(long more, boolean last) {
        shared = shared.plus(more, last);
    }

    /** So have pages of memory gone so far. */
    void pages(PagesMoved soFar) {
        pages = Optional.of(soFar);
        zeros = soFar.zeroBytes();
    }

    /** So long programs have waited for memory that followed. */
    void faults(FaultLatency latency) {
        faults = Optional.of(latency);
    }

    /** As far as it has come. */
    MigrationReport report() {
        long now = elapsed();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Beginning step = steps.get(i);
            long end = i + 1 < steps.size() ? steps.get(i + 1).nanos() : now;
            spans.add(new Span(step.step(), step.nanos(), end - step.nanos()));
        }
        BytesMoved moved = new BytesMoved(of(Kind.MEMORY), zeros, of(Kind.IMAGES), files, shared, pages);
        return new MigrationReport(tracker, now, spans, rounds, moved, faults);
    }

    private long of(Kind kind) {
        return bytes.getOrDefault(kind, 0L);
    }
}
