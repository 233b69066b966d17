package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Format;
import io.jmigrate.migration.report.Estimate;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a migration would take, printed. */
public record EstimateReport(Estimate estimate) {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double BYTES_A_MIB = 1 << 20;

    public static EstimateReport of(Estimate estimate) {
        return new EstimateReport(estimate);
    }

    /** @param format JSON, or else lines for a person */
    public void print(PrintStream out, Format format) {
        if (format == Format.JSON) {
            out.println(tree());
        } else {
            lines().forEach(out::println);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                line("memory", "%.1f MiB, %.1f MiB/s written", mib(estimate.memoryBytes()), mib(estimate.dirtyRate())));
        lines.add(line("files", "%.1f MiB", mib(estimate.rootfsBytes())));
        lines.add(line("link", "%.1f MiB/s", mib(estimate.bandwidth())));
        lines.add(line("rounds", "%d, %.1f MiB sent in all", estimate.rounds(), mib(estimate.sentBytes())));
        lines.add(line("total", "%.1f s", estimate.totalNanos() / NANOS_A_SECOND));
        lines.add(line(
                "downtime",
                "%.0f ms, of it %.0f to freeze and restore (%s)",
                estimate.downtimeNanos() / NANOS_A_MILLI,
                estimate.fixedNanos() / NANOS_A_MILLI,
                estimate.fixedMeasured() ? "as in earlier migrations to this node" : "assumed: none was measured yet"));
        if (estimate.followingBytes() > 0) {
            lines.add(line("follows", "%.1f MiB when it runs at the other node", mib(estimate.followingBytes())));
        }
        if (estimate.percent() < 100) {
            lines.add(line("slowed", "to %d %% of its processor time", estimate.percent()));
        }
        estimate.stall().ifPresent(reason -> lines.add(line("stall", "%s%s", reason, stallEnd())));
        return lines;
    }

    private String stallEnd() {
        if (estimate.aborted()) {
            return ": it would stay";
        }
        return estimate.followingBytes() > 0 ? ": what is left follows it" : ": a shorter downtime can't be had";
    }

    private static String line(String name, String form, Object... values) {
        return String.format(Locale.ROOT, "%-10s", name) + String.format(Locale.ROOT, form, values);
    }

    private static double mib(long bytes) {
        return bytes / BYTES_A_MIB;
    }

    private ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("memory_bytes", estimate.memoryBytes())
                .put("rootfs_bytes", estimate.rootfsBytes())
                .put("dirty_rate", estimate.dirtyRate())
                .put("bandwidth", estimate.bandwidth())
                .put("rounds", estimate.rounds())
                .put("sent_bytes", estimate.sentBytes())
                .put("total_ms", Math.round(estimate.totalNanos() / NANOS_A_MILLI))
                .put("following_bytes", estimate.followingBytes())
                .put("downtime_ms", Math.round(estimate.downtimeNanos() / NANOS_A_MILLI))
                .put("fixed_ms", Math.round(estimate.fixedNanos() / NANOS_A_MILLI))
                .put("fixed_measured", estimate.fixedMeasured())
                .put("cpu_percent", estimate.percent())
                .put("aborted", estimate.aborted());
        estimate.stall().ifPresent(reason -> tree.put("stall", reason));
        return tree;
    }
}
