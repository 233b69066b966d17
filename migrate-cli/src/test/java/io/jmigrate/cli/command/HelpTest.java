package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} prints, held in one file a command, so that a change of it is seen. */
class HelpTest {
    private static final Path PAGES = Path.of("src/test/resources/help");
    private static final int COLUMNS_MAX = 100;

    @TempDir
    private Path directory;

    /** Every command with the words that call it: {@code node serve}. */
    static List<String> commands() {
        List<String> found = new ArrayList<>(List.of(""));
        collect(Grammar.whole(), "", found);
        return found;
    }

    private static void collect(CommandLine command, String words, List<String> found) {
        command.getSubcommands().forEach((name, subcommand) -> {
            String called = (words + " " + name).strip();
            found.add(called);
            collect(subcommand, called, found);
        });
    }

    private static Path page(String command) {
        return PAGES.resolve(("jmigrate " + command).strip().replace(' ', '-') + ".txt");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isAsItWasLookedAt(String command) {
        String[] words = (command + " --help").strip().split(" ");
        Called called = Called.in(directory, words);
        assertThat(called.status()).isZero();
        assertThat(called.err()).isEmpty();
        assertThat(called.out().lines()).allMatch(line -> line.length() <= COLUMNS_MAX);
        Golden.matches(page(command), called.out());
    }

    @Test
    void hasNoPageOfACommandThatIsNoMore() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages).isSubsetOf(commands().stream().map(HelpTest::page).toList());
        }
    }
}
