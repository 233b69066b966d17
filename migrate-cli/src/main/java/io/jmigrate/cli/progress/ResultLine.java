package io.jmigrate.cli.progress;

import io.jmigrate.cli.output.FaultsText;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** One line at the end of a migration that succeeded. */
record ResultLine(PrintStream out) implements ProgressListener {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double BYTES_A_MIB = 1 << 20;

    @Override
    public void happened(ProgressEvent event) {
        if (event instanceof ProgressEvent.Finished(MigrationResult result)) {
            out.println(text(result));
        }
    }

    static String text(MigrationResult result) {
        String compared = result.comparedPages().isPresent()
                ? ", all " + result.comparedPages().getAsLong() + " pages compared"
                : "";
        return String.format(
                        Locale.ROOT,
                        "%s runs at %s: total %.0f ms, downtime %.0f ms, %.1f MiB sent",
                        result.container(),
                        result.peer(),
                        result.totalNanos() / NANOS_A_MILLI,
                        result.downtime().totalNanos() / NANOS_A_MILLI,
                        result.bytes().total() / BYTES_A_MIB)
                + compared
                + result.faults()
                        .map(faults -> "; waits: " + FaultsText.of(faults))
                        .orElse("");
    }
}
