package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.option.GlobalOptions;
import io.jmigrate.cli.report.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that are given more than once: the last one counts. */
class RepeatedOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void beforeTheCommand() {
        GlobalOptions global = new GlobalOptions();
        List<String> words =
                List.of("--root", "/a", "--debug", "--root", "/b", "--debug", "list", "--quiet", "--quiet");

        Grammar.parsing(words, global).parseArgs(words.toArray(String[]::new));

        assertThat(global.root()).contains(Path.of("/b"));
        assertThat(global.debug()).isTrue();
    }

    @Test
    void ofACommand() {
        assertThat(Called.in(directory, "spec", "--bundle", "none", "--bundle", "."))
                .isEqualTo(new Called(0, "", ""));
        assertThat(directory.resolve("config.json")).exists();
        assertThat(Called.in(directory, "list", "--format", "json", "--format", "yaml")
                        .status())
                .isEqualTo(ExitCode.USAGE.status());
    }
}
