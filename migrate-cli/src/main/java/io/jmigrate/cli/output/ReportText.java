package io.jmigrate.cli.output;

import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a migration for a person. */
final class ReportText {
    private ReportText() {}

    /** What is to be said, and what of. */
    static List<Map.Entry<String, String>> of(MigrationReport report) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        lines.add(Map.entry("total", Milliseconds.inWords(report.totalNanos())));
        report.downtime().ifPresent(downtime -> lines.add(Map.entry("downtime", downtime(downtime))));
        report.tracker().ifPresent(tracker -> lines.add(Map.entry("tracker", tracker.word())));
        report.rounds().forEach(round -> lines.add(Map.entry("round " + round.number(), round(round))));
        if (!report.spans().isEmpty()) {
            lines.add(Map.entry("steps", steps(report.spans())));
        }
        lines.add(Map.entry("bytes", bytes(report.bytes())));
        report.bytes().pages().ifPresent(pages -> lines.add(Map.entry("pages", pages(pages))));
        report.faults().ifPresent(faults -> lines.add(Map.entry("waits", FaultsText.of(faults))));
        return lines;
    }

    private static String downtime(Downtime downtime) {
        if (downtime.stopNanos() > 0) {
            return Milliseconds.inWords(downtime.totalNanos()) + ": stop " + Milliseconds.inWords(downtime.stopNanos())
                    + ", transfer " + Milliseconds.inWords(downtime.transferNanos()) + ", make "
                    + Milliseconds.inWords(downtime.restoreNanos()) + ", start "
                    + Milliseconds.inWords(downtime.resumeNanos());
        }
        return Milliseconds.inWords(downtime.totalNanos()) + ": freeze " + Milliseconds.inWords(downtime.freezeNanos())
                + ", dump "
                + Milliseconds.inWords(downtime.dumpNanos()) + ", transfer "
                + Milliseconds.inWords(downtime.transferNanos()) + ", restore "
                + Milliseconds.inWords(downtime.restoreNanos()) + ", resume "
                + Milliseconds.inWords(downtime.resumeNanos());
    }

    private static String steps(List<Span> spans) {
        return spans.stream()
                .map(span -> span.step().word() + " " + Milliseconds.inWords(span.nanos()))
                .collect(Collectors.joining(", "));
    }

    private static String round(CopyRound round) {
        return ByteSize.inWords(round.writtenBytes()) + " written, " + ByteSize.inWords(round.sentBytes()) + " sent in "
                + Milliseconds.inWords(round.nanos());
    }

    private static String shared(SharedBytes shared) {
        return shared.equals(SharedBytes.NONE)
                ? ""
                : "; shared by processes " + ByteSize.inWords(shared.ahead()) + " ahead, "
                        + ByteSize.inWords(shared.last()) + " in the end";
    }

    private static String pages(PagesMoved pages) {
        return pages.raw() + " as they are, " + pages.compressed() + " compressed ("
                + ByteSize.inWords(pages.uncompressedBytes()) + " to " + ByteSize.inWords(pages.compressedBytes())
                + "), " + pages.known() + " known there, " + pages.kept() + " kept there, " + pages.zero() + " zero";
    }

    private static String bytes(BytesMoved bytes) {
        return ByteSize.inWords(bytes.total()) + ": memory " + ByteSize.inWords(bytes.memory()) + " (and "
                + ByteSize.inWords(bytes.zeros()) + " of zeros" + shared(bytes.shared()) + "), images "
                + ByteSize.inWords(bytes.images())
                + ", rootfs " + ByteSize.inWords(bytes.rootfs().bytes()) + " ("
                + ByteSize.inWords(bytes.rootfs().blockBytes()) + " of blocks, "
                + bytes.rootfs().removed() + " names removed)";
    }
}
