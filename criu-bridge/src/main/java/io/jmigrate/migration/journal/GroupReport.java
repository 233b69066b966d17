package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a group took as a whole, by what the source has measured of its members.
 *
 * @param containers their ids
 * @param totalNanos from the beginning of the first to the end of the last, so far
 * @param downtimeNanos from the moment when the first stood still until all ran again; empty if none was frozen
 * @param bytes sent of all
 */
public record GroupReport(
        GroupId group, List<String> containers, long totalNanos, Optional<Long> downtimeNanos, long bytes) {
    public GroupReport {
        Objects.requireNonNull(group);
        containers = List.copyOf(containers);
        Objects.requireNonNull(downtimeNanos);
    }

    /** A time by the clock of the source. */
    private record Stretch(Instant from, Instant to) {
        static Stretch over(List<Stretch> all) {
            return new Stretch(
                    all.stream().map(Stretch::from).min(Instant::compareTo).orElseThrow(),
                    all.stream().map(Stretch::to).max(Instant::compareTo).orElseThrow());
        }

        long nanos() {
            return Duration.between(from, to).toNanos();
        }
    }

    /** @param members records of this node @return empty if none of them is the source's of this group: only there it is measured */
    public static Optional<GroupReport> known(GroupId group, List<? extends JournalRecord> members) {
        return Optional.of(of(group, members))
                .filter(report -> !report.containers().isEmpty());
    }

    /** @param members the source's records of it; others among them are passed over */
    public static GroupReport of(GroupId group, List<? extends JournalRecord> members) {
        List<String> containers = new ArrayList<>();
        List<Stretch> whole = new ArrayList<>();
        List<Stretch> still = new ArrayList<>();
        long bytes = 0;
        for (JournalRecord member : members) {
            if (member instanceof SourceRecord && member.group().equals(Optional.of(group))) {
                containers.add(member.container());
                Optional<MigrationReport> report = member.report();
                Instant begun = member.startedAt();
                report.ifPresent(known -> whole.add(new Stretch(begun, begun.plusNanos(known.totalNanos()))));
                report.ifPresent(known -> still.addAll(standstill(begun, known)));
                bytes += report.map(known -> known.bytes().total()).orElse(0L);
            }
        }
        return new GroupReport(
                group,
                containers,
                whole.isEmpty() ? 0 : Stretch.over(whole).nanos(),
                still.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Stretch.over(still).nanos()),
                bytes);
    }

    private static List<Stretch> standstill(Instant begun, MigrationReport report) {
        return report.spans().stream()
                .filter(span -> span.step().standsStill())
                .map(span -> stretch(begun, span))
                .toList();
    }

    private static Stretch stretch(Instant begun, Span span) {
        Instant from = begun.plusNanos(span.fromNanos());
        return new Stretch(from, from.plusNanos(span.nanos()));
    }
}
