package io.jmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    private static final Path DOCUMENT = Path.of("../docs/exit-codes.md");

    @Test
    void isDocumentedAsItIs() throws IOException {
        List<String> rows = Arrays.stream(ExitCode.values())
                .map(code -> "| " + code.status() + " | " + code + " | " + code.meaning() + " |")
                .toList();
        assertThat(Files.readAllLines(DOCUMENT).stream().filter(line -> line.matches("\\| \\d+ .*")))
                .containsExactlyElementsOf(rows);
    }
}
