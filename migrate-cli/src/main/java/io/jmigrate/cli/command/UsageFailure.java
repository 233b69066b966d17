package io.jmigrate.cli.command;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words a command line that was not understood as a sentence. */
final class UsageFailure {
    /** The parser's words around what a verb says of a value. */
    private static final Pattern WRONG_VALUE = Pattern.compile(
            "Invalid value for (?:option '(?<option>[^']*)'|positional parameter at index \\S+ \\((?<argument>[^)]*)\\))"
                    + "(?: \\([^)]*\\))?: (?<why>.*)",
            Pattern.DOTALL);

    private static final Pattern MISSING = Pattern.compile("Missing required parameters?: (?<labels>.*)");

    private static final Pattern MISSING_VALUE =
            Pattern.compile("Missing required parameter for option '(?<option>[^']*)' \\((?<label>.*)\\)");

    private static final Pattern UNWANTED_VALUE = Pattern.compile(
            "[Oo]ption '(?<option>[^']*)'(?: \\([^)]*\\))? should be specified without '(?<value>.*)' parameter",
            Pattern.DOTALL);

    private UsageFailure() {}

    static Failure of(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        return Failure.of(OptionCode.USAGE, prefix(spec) + sentence(e)).withCause(e);
    }

    static String missingCommand(CommandSpec spec) {
        List<String> names = List.copyOf(spec.subcommands().keySet());
        return prefix(spec) + "a command is missing (" + String.join(", ", names) + ")";
    }

    private static String prefix(CommandSpec spec) {
        return spec.parent() == null
                ? ""
                : spec.qualifiedName().substring(spec.root().name().length() + 1) + ": ";
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            return word.startsWith("-") ? "unknown option \"" + word + "\"" : "unexpected word \"" + word + "\"";
        }
        Matcher missing = MISSING.matcher(e.getMessage());
        if (missing.matches()) {
            String labels = missing.group("labels").replace("'", "");
            return labels.replace(", ", " and ") + (labels.contains(",") ? " are missing" : " is missing");
        }
        return ofValue(e.getMessage());
    }

    private static String ofValue(String message) {
        Matcher missing = MISSING_VALUE.matcher(message);
        if (missing.matches()) {
            return missing.group("option") + ": " + missing.group("label") + " is missing";
        }
        Matcher unwanted = UNWANTED_VALUE.matcher(message);
        if (unwanted.matches()) {
            return unwanted.group("option") + " takes no value, and \"" + unwanted.group("value") + "\" is one";
        }
        Matcher value = WRONG_VALUE.matcher(message);
        if (value.matches()) {
            return (value.group("option") == null ? value.group("argument") : value.group("option")) + ": "
                    + value.group("why");
        }
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
