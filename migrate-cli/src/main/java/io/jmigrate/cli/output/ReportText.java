package io.jmigrate.cli.output;

import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a migration for a person. */
final class ReportText {
    private static final double NANOS_A_MILLI = 1e6;

    private ReportText() {}

    /** What is to be said, and what of. */
    static List<Map.Entry<String, String>> of(MigrationReport report) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        lines.add(Map.entry("total", time(report.totalNanos())));
        report.downtime().ifPresent(downtime -> lines.add(Map.entry("downtime", downtime(downtime))));
        report.tracker().ifPresent(tracker -> lines.add(Map.entry("tracker", tracker.word())));
        report.rounds().forEach(round -> lines.add(Map.entry("round " + round.number(), round(round))));
        lines.add(Map.entry("bytes", bytes(report.bytes())));
        return lines;
    }

    /** A time in milliseconds: those of a migration are told best side by side. */
    static String time(long nanos) {
        return String.format(Locale.ROOT, nanos < 10 * NANOS_A_MILLI ? "%.1f ms" : "%.0f ms", nanos / NANOS_A_MILLI);
    }

    private static String downtime(Downtime downtime) {
        return time(downtime.totalNanos()) + ": freeze " + time(downtime.freezeNanos()) + ", dump "
                + time(downtime.dumpNanos()) + ", transfer " + time(downtime.transferNanos()) + ", restore "
                + time(downtime.restoreNanos()) + ", resume " + time(downtime.resumeNanos());
    }

    private static String round(CopyRound round) {
        return ByteSize.inWords(round.writtenBytes()) + " written, " + ByteSize.inWords(round.sentBytes()) + " sent in "
                + time(round.nanos());
    }

    private static String bytes(BytesMoved bytes) {
        return ByteSize.inWords(bytes.total()) + ": memory " + ByteSize.inWords(bytes.memory()) + " (and "
                + ByteSize.inWords(bytes.zeros()) + " of zeros), images " + ByteSize.inWords(bytes.images())
                + ", rootfs " + ByteSize.inWords(bytes.rootfs());
    }
}
