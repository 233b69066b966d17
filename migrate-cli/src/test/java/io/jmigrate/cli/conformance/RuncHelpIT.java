package io.jmigrate.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/conformance.md knows every command and option that the installed runC has. */
class RuncHelpIT {
    private static final Path RUNC = Path.of("/usr/sbin/runc");
    private static final Pattern COMMAND = Pattern.compile("^ {3}([a-z]+)(?:, [a-z])? {2,}.*");
    private static final Pattern OPTION = Pattern.compile("^ {3}(--[a-z0-9-]+).*");
    private static final Set<String> OF_EACH = Set.of("--help", "--version");

    @BeforeEach
    void needRunc() {
        assumeTrue(Files.isExecutable(RUNC), "runc is not installed");
    }

    @Test
    void hasNothingThatTheDocumentDoesNotName() throws IOException, InterruptedException {
        Set<String> commands = named(COMMAND, "--help");
        commands.remove("help");

        assertThat(Conformance.read().keySet()).containsAll(commands);
        assertThat(Conformance.read().get(Conformance.BEFORE_THE_COMMAND).keySet())
                .containsAll(named(OPTION, "--help"));
        for (String command : commands) {
            assertThat(Conformance.read().get(command).keySet())
                    .as(command)
                    .containsAll(named(OPTION, command, "--help"));
        }
    }

    private static Set<String> named(Pattern line, String... words) throws IOException, InterruptedException {
        Set<String> found = new TreeSet<>();
        said(words).forEach(text -> {
            var matcher = line.matcher(text);
            if (matcher.matches()) {
                found.add(matcher.group(1));
            }
        });
        found.removeAll(OF_EACH);
        return found;
    }

    private static List<String> said(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(RUNC.toString());
        builder.command().addAll(List.of(words));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().toList();
    }
}
