package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    Path directory;

    @Test
    void printsItsVersionAsRuncDoes() {
        Called called = Called.in(directory, "--version");
        assertThat(called.status()).isZero();
        assertThat(called.out()).matches("(?s)jmigrate version \\d+\\.\\d+\\.\\d+\\S*\nspec: 1\\.2\\.1\n.*");
        assertThat(called.out()).isEqualTo(Called.in(directory, "version").out());
    }

    @Test
    void listsTheCommandsWhenAskedForHelp() {
        Called called = Called.in(directory, "--help");
        assertThat(called.status()).isZero();
        assertThat(called.out()).contains("Commands:", "version", "--root=DIR");
        assertThat(called.out()).doesNotContain("\u001b");
    }

    @Test
    void saysWhatIsMissingWithoutACommand() {
        Called called = Called.in(directory);
        assertThat(called.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(called.err()).startsWith("jmigrate: a command is missing");
    }

    @Test
    void refusesAnUnknownCommandAndAnUnknownOption() {
        assertThat(Called.in(directory, "fly").status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(Called.in(directory, "fly").err()).contains("unexpected word \"fly\"");
        assertThat(Called.in(directory, "version", "--fast").err()).contains("unknown option \"--fast\"");
    }

    @Test
    void writesErrorsToTheLogInRuncsJson() throws IOException {
        Called.in(directory, "--root", "root", "--log", "oci.log", "--log-format", "json", "state", "web");
        assertThat(Files.readString(directory.resolve("oci.log")))
                .matches("\\{\"level\":\"error\",\"msg\":\"container .*web.* does not exist.*\","
                        + "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}\n");
    }
}
