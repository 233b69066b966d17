package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Format;
import io.jmigrate.migration.report.RestartEstimate;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a container's start at another node would take, printed. */
public record RestartEstimateReport(RestartEstimate estimate) {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MILLIS_A_SECOND = 1e3;
    private static final double BYTES_A_MIB = 1 << 20;

    /** @param format JSON, or else lines for a person */
    public void print(PrintStream out, Format format) {
        if (format == Format.JSON) {
            out.println(tree());
        } else {
            lines().forEach(out::println);
        }
    }

    private List<String> lines() {
        return List.of(
                line("memory", "none goes: its programs begin anew"),
                line(
                        "files",
                        "%.1f MiB, %.1f s while it runs",
                        estimate.rootfsBytes() / BYTES_A_MIB,
                        estimate.filesNanos() / NANOS_A_SECOND),
                line("link", "%.1f MiB/s", estimate.bandwidth() / BYTES_A_MIB),
                line(
                        "downtime",
                        "as long as its program takes to end (%s; killed after %.1f s), the last difference of its files, and its start",
                        estimate.signal(),
                        estimate.grace().toMillis() / MILLIS_A_SECOND));
    }

    private static String line(String name, String form, Object... values) {
        return String.format(Locale.ROOT, "%-10s", name) + String.format(Locale.ROOT, form, values);
    }

    private ObjectNode tree() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mode", "restart")
                .put("rootfs_bytes", estimate.rootfsBytes())
                .put("bandwidth", estimate.bandwidth())
                .put("files_ms", Milliseconds.of(estimate.filesNanos()))
                .put("stop_signal", estimate.signal().name())
                .put("stop_limit_ms", estimate.grace().toMillis());
    }
}
