package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreOutcomeTest {
    private static final String HELD = "(00.065) Running post-restore scripts\n(00.065) \tRPC\n";

    @TempDir
    Path directory;

    @Test
    void aTreeThatIsHeldHasNotRun() throws IOException {
        assertThat(outcome(HELD)).isEqualTo(RestoreOutcome.NEVER_RAN);
    }

    @Test
    void aTreeThatWasRefusedHasNotRun() throws IOException {
        assertThat(outcome(HELD
                        + "(00.285) Error (criu/cr-restore.c:2189): Aborting restore due to post-restore script\n"))
                .isEqualTo(RestoreOutcome.NEVER_RAN);
    }

    @Test
    void aTreeHasRunAsSoonAsItsResumeIsAnnounced() throws IOException {
        assertThat(outcome(HELD + "(00.218) Running pre-resume scripts\n")).isEqualTo(RestoreOutcome.RESUMED);
        assertThat(outcome("(00.565) Restore finished successfully. Tasks resumed.\n"))
                .isEqualTo(RestoreOutcome.RESUMED);
    }

    @Test
    void namesInsideTheTreeDoNotCount() throws IOException {
        assertThat(outcome(HELD + "/tmp/Running pre-resume scripts\n(00.1) path Running pre-resume scripts\n"))
                .isEqualTo(RestoreOutcome.NEVER_RAN);
    }

    @Test
    void withoutALogNothingHasBegun() {
        assertThat(RestoreOutcome.fromLog(directory.resolve("none"))).isEqualTo(RestoreOutcome.NEVER_RAN);
    }

    private RestoreOutcome outcome(String log) throws IOException {
        return RestoreOutcome.fromLog(Files.writeString(directory.resolve("restore.log"), log));
    }
}
