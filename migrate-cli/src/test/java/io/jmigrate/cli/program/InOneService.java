package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a program each, whose commands run in the service that all share. */
abstract class InOneService {
    @TempDir
    Path directory;

    final String id = Busybox.newId();
    InstalledProgram program;

    /** Insists that a command succeeds, and says nothing. */
    final void succeed(String... words) {
        assertThat(program.run(words)).isEqualTo(new Called(0, "", ""));
    }

    /** Insists that the container of a bundle runs. Its process has this command's streams, and may have written to them. */
    final void start(Path bundle) {
        Called called = program.run("run", "--detach", "--bundle", bundle.toString(), id);
        assertThat(called.status()).as(called.toString()).isZero();
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }
}
