package io.jmigrate.cli.command;

import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** Turns what nobody expected into a failure that can be reported: its kind, and where it came from. */
final class Defect {
    private static final int FRAMES_MAX = 12;

    private Defect() {}

    static Failure of(Throwable thrown) {
        List<String> details = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && details.size() < 3 * FRAMES_MAX; cause = cause.getCause()) {
            details.add(cause.toString());
            for (int i = 0; i < Math.min(FRAMES_MAX, cause.getStackTrace().length); i++) {
                details.add("  at " + cause.getStackTrace()[i]);
            }
        }
        return Failure.of(CliCode.INTERNAL, "unexpected failure: " + thrown)
                .withCause(thrown)
                .withDetails(details);
    }
}
