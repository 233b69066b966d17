package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown on a terminal and nowhere else; script(1) makes the terminal. */
class TerminalIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String ESCAPE = "\033[";

    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void open() {
        assumeTrue(Files.isExecutable(SCRIPT), "script (bsdutils) is not installed");
        program = InstalledProgram.in(directory);
    }

    @AfterEach
    void close() {
        program.calling(InstalledProgram.FRONT).close();
    }

    /** What a terminal gets to see of a command. */
    private String shown(String... words) {
        String line = InstalledProgram.FRONT + " --root " + program.root() + " " + String.join(" ", words);
        Called called =
                program.calling(SCRIPT).runPlain(Path.of("/dev/null"), List.of("-q", "-e", "-c", line, "/dev/null"));
        program.calling(InstalledProgram.FRONT);
        assertThat(called.status()).as(called.out()).isZero();
        return called.out();
    }

    @Test
    void coloursItsHelpOnATerminalOnly() {
        assertThat(shown("--help")).contains(ESCAPE);
        assertThat(program.run("--help").out()).doesNotContain(ESCAPE);
        program.with("NO_COLOR", "1");
        assertThat(shown("--help")).contains("Usage:").doesNotContain(ESCAPE);
    }

    @Test
    void drawsABarForAnExportOnATerminalOnly() throws IOException {
        Busybox.requireContainers();
        Path bundle = Busybox.bundle(directory, "sleep", "300");
        Path none = Files.createDirectory(directory.resolve("images"));
        String id = Busybox.newId();
        assertThat(program.redirected(
                                "exec </dev/null",
                                "--root",
                                program.root().toString(),
                                "run",
                                "--detach",
                                "--bundle",
                                bundle.toString(),
                                id)
                        .status())
                .isZero();
        Called called = program.run(
                "checkpoint", "--leave-running", "--export", none.resolve("one").toString(), id);
        assertThat(called.status() == 7 ? 0 : called.status()).as(called.err()).isZero();
        assumeTrue(called.status() == 0, () -> "no CRIU: " + called.err());
        assertThat(called.err() + called.out()).isEmpty();
        assertThat(shown("checkpoint", "--export", none.resolve("two").toString(), id))
                .contains("\r" + ESCAPE + "K  archive [")
                .endsWith(ESCAPE + "K");
    }
}
