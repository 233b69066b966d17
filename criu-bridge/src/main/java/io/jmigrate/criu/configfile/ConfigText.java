package io.jmigrate.criu.configfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a file: an option a line, with a value after blanks or an equals sign, if it has one, which may be in
 * quotation marks; comments begin with {@code #} (criu/config.c, parse_statement).
 */
final class ConfigText {
    private static final Pattern EMPTY = Pattern.compile("\\s*(?:#.*)?");
    private static final Pattern STATEMENT = Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9-]*)"
            + "(?:(?:\\s+|=)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"#][^\\s#]*)))?\\s*(?:#.*)?");

    private ConfigText() {}

    /** @throws IllegalArgumentException that names the line, if it is of another form */
    static List<ConfigOption> read(String text) {
        List<ConfigOption> options = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!EMPTY.matcher(lines.get(i)).matches()) {
                options.add(option(lines.get(i), i + 1));
            }
        }
        return options;
    }

    private static ConfigOption option(String line, int number) {
        Matcher statement = STATEMENT.matcher(line);
        if (!statement.matches() || line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
            throw new IllegalArgumentException("line " + number + " is not an option and its value: " + line.strip());
        }
        Optional<String> quoted = Optional.ofNullable(statement.group(2)).map(value -> value.replace("\\\"", "\""));
        Optional<String> value = quoted.or(() -> Optional.ofNullable(statement.group(3)));
        if (value.filter(text -> text.endsWith("\\")).isPresent()) {
            throw new IllegalArgumentException(
                    "line " + number + " has a value that ends with a backslash: " + line.strip());
        }
        return new ConfigOption(statement.group(1), value, number);
    }

    static String write(List<ConfigOption> options) {
        return options.stream().map(option -> option.statement() + "\n").collect(Collectors.joining());
    }
}
