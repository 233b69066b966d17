package io.jmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    @Test
    void saysWhatFailedWhyAndWhatToDo() {
        Failure failure = Failure.of(RuntimeCode.IO, "cannot read /x")
                .withDetails(List.of("a line"))
                .withRemedy("mend the disk");
        failure.addSuppressed(new IllegalStateException("cannot close /x"));

        assertThat(FailureReport.lines(failure, false))
                .containsExactly(
                        "jmigrate: cannot read /x",
                        "    a line",
                        "  and while cleaning up: cannot close /x",
                        "  to do: mend the disk");
    }

    @Test
    void saysNothingTwice() {
        Failure failure = Failure.of(RuntimeCode.IO, "was cancelled by signal SIGHUP");
        failure.addSuppressed(Failure.of(RuntimeCode.IO, "was cancelled by signal SIGHUP"));

        assertThat(FailureReport.lines(failure, false)).containsExactly("jmigrate: was cancelled by signal SIGHUP");
    }
}
