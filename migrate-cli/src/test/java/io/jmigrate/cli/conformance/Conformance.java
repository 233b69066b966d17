package io.jmigrate.cli.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/conformance.md says of runc's commands: for each the options, each with a word. */
public final class Conformance {
    static final Path DOCUMENT = Path.of("../docs/conformance.md");

    /** The heading above the options that stand before the command. */
    public static final String BEFORE_THE_COMMAND = "";

    private static final String COMMANDS = "## The commands\n";
    private static final Pattern HEADING = Pattern.compile("### (?:`([a-z]+)`|Options before the command)");
    private static final Pattern ROW = Pattern.compile("\\| (`--[^|]*) \\| ([a-z ]+) \\|.*");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z0-9-]+)`");

    private Conformance() {}

    /** Words by option by command. */
    public static SequencedMap<String, Map<String, String>> read() {
        SequencedMap<String, Map<String, String>> commands = new LinkedHashMap<>();
        text().lines().forEach(line -> {
            var heading = HEADING.matcher(line);
            var row = ROW.matcher(line);
            if (heading.matches()) {
                commands.put(heading.group(1) == null ? BEFORE_THE_COMMAND : heading.group(1), new LinkedHashMap<>());
            } else if (row.matches()) {
                OPTION.matcher(row.group(1))
                        .results()
                        .map(MatchResult::group)
                        .map(option -> option.replace("`", ""))
                        .forEach(option -> commands.lastEntry().getValue().put(option, row.group(2)));
            }
        });
        return commands;
    }

    private static String text() {
        try {
            String whole = Files.readString(DOCUMENT);
            return whole.substring(whole.indexOf(COMMANDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
