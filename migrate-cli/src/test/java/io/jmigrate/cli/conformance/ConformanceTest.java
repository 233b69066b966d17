package io.jmigrate.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.command.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/conformance.md says of every option of the commands that runC has too what the program does with it. */
class ConformanceTest {
    private static final String UNKNOWN = "unknown";
    private static final List<String> WORDS = List.of("works", "differs", "not yet", UNKNOWN, "ours");
    private static final Pattern CLAUSES =
            Pattern.compile("\\| (?!clauses|-|option|`--).+ \\| (works|differs|not yet) \\| .*\\|");

    static Iterable<String> commands() {
        return Conformance.read().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesEveryOptionOfTheCommandAndNoOther(String command) {
        Map<String, String> told = Conformance.read().get(command);

        assertThat(told.values()).isSubsetOf(WORDS);
        assertThat(told.keySet().stream().filter(option -> !told.get(option).equals(UNKNOWN)))
                .containsExactlyInAnyOrderElementsOf(declared(command).keySet());
        assertThat(told.keySet().stream().filter(option -> told.get(option).equals(UNKNOWN)))
                .noneMatch(declared(command)::containsKey);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysOfThoseThatAreRefusedThatTheyAreNotThereYet(String command) {
        Map<String, String> told = Conformance.read().get(command);
        TreeSet<String> refused = new TreeSet<>();
        declared(command).forEach((name, option) -> {
            if (Pattern.compile("Not supported: |Only .*: |is not supported")
                    .matcher(option.description()[0])
                    .find()) {
                refused.add(name);
            }
        });

        assertThat(told.keySet().stream().filter(option -> told.get(option).equals("not yet")))
                .containsExactlyInAnyOrderElementsOf(refused);
    }

    /** The command's options by their long names. */
    private static Map<String, OptionSpec> declared(String command) {
        CommandLine program = Grammar.whole();
        CommandLine model = command.equals(Conformance.BEFORE_THE_COMMAND)
                ? program
                : program.getSubcommands().get(command);
        Map<String, OptionSpec> found = new TreeMap<>();
        for (OptionSpec option : model.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                found.put(option.longestName(), option);
            }
        }
        return found;
    }

    @Test
    void saysOfEveryClauseWhetherItWorks() throws IOException {
        String whole = Files.readString(Conformance.DOCUMENT);
        List<String> rows = whole.substring(0, whole.indexOf("## The commands"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| clauses"))
                .toList();

        assertThat(rows).isNotEmpty().allMatch(CLAUSES.asMatchPredicate());
    }
}
