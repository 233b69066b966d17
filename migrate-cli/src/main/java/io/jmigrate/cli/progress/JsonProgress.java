package io.jmigrate.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.output.FaultsJson;
import io.jmigrate.cli.output.Milliseconds;
import io.jmigrate.cli.output.PagesJson;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Each event as one line of JSON with its name in {@code event}: started, phase, waiting, sent, round, slowed, stalled, follows, finished, failed. Times
 * are in milliseconds with the unit in the name, rates in bytes a second. All name the container.
 */
final class JsonProgress implements ProgressListener {
    private final PrintStream out;
    private Optional<String> container = Optional.empty();

    JsonProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void happened(ProgressEvent event) {
        if (event instanceof ProgressEvent.Started started) {
            container = Optional.of(started.container());
        }
        ObjectNode tree = tree(event);
        container.ifPresent(name -> tree.put("container", name));
        out.println(tree);
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
            case ProgressEvent.Waiting waiting -> named("waiting").put("reason", waiting.reason());
            case ProgressEvent.Sent sent ->
                named("sent")
                        .put("kind", word(sent.kind()))
                        .put("bytes", sent.bytes())
                        .put("expected_bytes", sent.expectedBytes());
            case ProgressEvent.RoundEnded round -> round(round);
            case ProgressEvent.Stalled stalled -> named("stalled").put("reason", stalled.reason());
            case ProgressEvent.Follows follows -> named("follows").put("reason", follows.reason());
            case ProgressEvent.Slowed slowed ->
                named("slowed").put("reason", slowed.reason()).put("cpu_percent", slowed.percent());
            case ProgressEvent.Finished finished -> result(finished.result());
            case ProgressEvent.Ended ended ->
                named("failed").put("place", word(ended.place())).put("message", ended.message());
        };
    }

    private static ObjectNode round(ProgressEvent.RoundEnded round) {
        return named("round")
                .put("number", round.number())
                .put("written_bytes", round.writtenBytes())
                .put("sent_bytes", round.sentBytes())
                .put("duration_ms", Milliseconds.of(round.nanos()))
                .put("bandwidth", round.bandwidth())
                .put("dirty_bytes", round.dirtyBytes())
                .put("dirty_rate", round.dirtyRate())
                .put("predicted_downtime_ms", Milliseconds.of(round.downtimeNanos()))
                .put("remaining_ms", Milliseconds.of(round.remainingNanos()));
    }

    private static ObjectNode result(MigrationResult result) {
        ObjectNode tree = named("finished")
                .put("migration", result.migration().toString())
                .put("container", result.container())
                .put("peer", result.peer())
                .put("total_ms", Milliseconds.of(result.totalNanos()))
                .put("downtime_ms", Milliseconds.of(result.downtime().totalNanos()))
                .put("stop_ms", Milliseconds.of(result.downtime().stopNanos()))
                .put("freeze_ms", Milliseconds.of(result.downtime().freezeNanos()))
                .put("dump_ms", Milliseconds.of(result.downtime().dumpNanos()))
                .put("transfer_ms", Milliseconds.of(result.downtime().transferNanos()))
                .put("restore_ms", Milliseconds.of(result.downtime().restoreNanos()))
                .put("resume_ms", Milliseconds.of(result.downtime().resumeNanos()));
        result.tracker().ifPresent(tracker -> tree.put("tracker", tracker.word()));
        result.bytes().pages().ifPresent(pages -> tree.set("pages", PagesJson.of(pages)));
        result.faults().ifPresent(faults -> tree.set("faults", FaultsJson.of(faults)));
        result.comparedPages().ifPresent(pages -> tree.put("compared_pages", pages));
        return tree.put("bytes", result.bytes().total())
                .put("memory_bytes", result.bytes().memory())
                .put("zero_bytes", result.bytes().zeros())
                .put("image_bytes", result.bytes().images())
                .put("rootfs_bytes", result.bytes().rootfs().bytes());
    }

    private static ObjectNode named(String event) {
        return JsonNodeFactory.instance.objectNode().put("event", event);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
