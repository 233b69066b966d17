package io.jmigrate.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Each event as one line of JSON with its name in {@code event}: started, phase, sent, finished, failed. Times are in milliseconds with
 * the unit in the name.
 */
record JsonProgress(PrintStream out) implements ProgressListener {
    private static final long NANOS_A_MICRO = 1000;
    private static final double MICROS_A_MILLI = 1000;

    @Override
    public void happened(ProgressEvent event) {
        out.println(tree(event));
        out.flush();
    }

    private static ObjectNode tree(ProgressEvent event) {
        return switch (event) {
            case ProgressEvent.Started started ->
                named("started")
                        .put("migration", started.migration().toString())
                        .put("container", started.container())
                        .put("peer", started.peer());
            case ProgressEvent.PhaseEntered entered -> named("phase").put("phase", word(entered.phase()));
            case ProgressEvent.Sent sent ->
                named("sent")
                        .put("kind", word(sent.kind()))
                        .put("bytes", sent.bytes())
                        .put("expected_bytes", sent.expectedBytes());
            case ProgressEvent.Finished finished -> result(finished.result());
            case ProgressEvent.Ended ended ->
                named("failed").put("place", word(ended.place())).put("message", ended.message());
        };
    }

    private static ObjectNode result(MigrationResult result) {
        ObjectNode tree = named("finished")
                .put("migration", result.migration().toString())
                .put("container", result.container())
                .put("peer", result.peer())
                .put("total_ms", milliseconds(result.totalNanos()))
                .put("downtime_ms", milliseconds(result.downtime().totalNanos()))
                .put("dump_ms", milliseconds(result.downtime().dumpNanos()))
                .put("transfer_ms", milliseconds(result.downtime().transferNanos()))
                .put("restore_ms", milliseconds(result.downtime().restoreNanos()))
                .put("resume_ms", milliseconds(result.downtime().resumeNanos()));
        return tree.put("bytes", result.bytes().total())
                .put("memory_bytes", result.bytes().memory())
                .put("image_bytes", result.bytes().images())
                .put("rootfs_bytes", result.bytes().rootfs());
    }

    private static ObjectNode named(String event) {
        return JsonNodeFactory.instance.objectNode().put("event", event);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double milliseconds(long nanos) {
        return Math.round(nanos / (double) NANOS_A_MICRO) / MICROS_A_MILLI;
    }
}
