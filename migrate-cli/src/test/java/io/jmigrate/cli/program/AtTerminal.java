package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A terminal of 24 rows and 80 columns with somebody who types by a script, as at-terminal.py explains it. */
final class AtTerminal {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Path typist;

    private AtTerminal(Path typist) {
        this.typist = typist;
    }

    /** Skips where there is no python3, which makes the terminal. */
    static AtTerminal in(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(PYTHON), "python3 is not installed");
        Path file = directory.resolve("at-terminal.py");
        try (InputStream script = AtTerminal.class.getResourceAsStream("/terminal/at-terminal.py")) {
            Files.copy(script, file);
        }
        return new AtTerminal(file);
    }

    /** The words that run a command at the terminal. */
    List<String> words(List<String> steps, List<String> command) {
        List<String> words =
                new ArrayList<>(List.of(PYTHON.toString(), typist.toString(), "24x80", String.join("\n", steps)));
        words.addAll(command);
        return words;
    }

    /** Runs this program's command there, on its runtime root. */
    Called run(InstalledProgram program, List<String> steps, String... words) {
        List<String> command = new ArrayList<>(List.of(
                InstalledProgram.FRONT.toString(), "--root", program.root().toString()));
        command.addAll(List.of(words));
        List<String> all = words(steps, command);
        try {
            return program.calling(PYTHON).runPlain(Path.of("/dev/null"), all.subList(1, all.size()));
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        } finally {
            program.calling(InstalledProgram.FRONT);
        }
    }
}
