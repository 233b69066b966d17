package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.Span;
import java.util.List;

/** The report of a migration for programs. Times are in milliseconds, counted from its beginning at this end. */
final class ReportJson {
    private ReportJson() {}

    static ObjectNode of(MigrationReport report) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("total_ms", Milliseconds.of(report.totalNanos()));
        report.downtime().ifPresent(downtime -> tree.set("downtime", downtime(downtime)));
        report.tracker().ifPresent(tracker -> tree.put("tracker", tracker.word()));
        tree.set("bytes", bytes(report.bytes()));
        report.bytes().pages().ifPresent(pages -> tree.set("pages", PagesJson.of(pages)));
        tree.set("steps", steps(report.spans()));
        tree.set("rounds", rounds(report.rounds()));
        report.faults().ifPresent(faults -> tree.set("faults", FaultsJson.of(faults)));
        return tree;
    }

    private static ObjectNode downtime(Downtime downtime) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("total_ms", Milliseconds.of(downtime.totalNanos()))
                .put("stop_ms", Milliseconds.of(downtime.stopNanos()))
                .put("freeze_ms", Milliseconds.of(downtime.freezeNanos()))
                .put("dump_ms", Milliseconds.of(downtime.dumpNanos()))
                .put("transfer_ms", Milliseconds.of(downtime.transferNanos()))
                .put("restore_ms", Milliseconds.of(downtime.restoreNanos()))
                .put("resume_ms", Milliseconds.of(downtime.resumeNanos()));
    }

    private static ObjectNode bytes(BytesMoved bytes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("total", bytes.total())
                .put("memory", bytes.memory())
                .put("zeros", bytes.zeros())
                .put("images", bytes.images())
                .put("rootfs", bytes.rootfs().bytes())
                .put("rootfs_blocks", bytes.rootfs().blockBytes())
                .put("rootfs_removed", bytes.rootfs().removed())
                .put("shared_ahead", bytes.shared().ahead())
                .put("shared_last", bytes.shared().last());
    }

    private static ArrayNode steps(List<Span> spans) {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (Span span : spans) {
            steps.addObject()
                    .put("step", span.step().word())
                    .put("from_ms", Milliseconds.of(span.fromNanos()))
                    .put("ms", Milliseconds.of(span.nanos()));
        }
        return steps;
    }

    private static ArrayNode rounds(List<CopyRound> rounds) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (CopyRound round : rounds) {
            all.addObject()
                    .put("number", round.number())
                    .put("from_ms", Milliseconds.of(round.fromNanos()))
                    .put("ms", Milliseconds.of(round.nanos()))
                    .put("written_bytes", round.writtenBytes())
                    .put("sent_bytes", round.sentBytes());
        }
        return all;
    }
}
