package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerbTest {
    @TempDir
    Path directory;

    static List<String> names() {
        return VerbTable.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void explainsItself(String verb) {
        Called called = Called.in(directory, verb, "--help");
        assertThat(called.status()).isZero();
        assertThat(called.out()).contains("Usage: jmigrate " + verb);
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesAnOptionThatItDoesNotKnow(String verb) {
        Called called = Called.in(directory, verb, "--no-such-option");
        assertThat(called.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(called.err()).startsWith("jmigrate: " + verb + ": ");
    }
}
