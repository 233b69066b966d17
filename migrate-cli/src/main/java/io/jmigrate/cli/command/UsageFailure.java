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
        Matcher value = WRONG_VALUE.matcher(e.getMessage());
        if (value.matches()) {
            return (value.group("option") == null ? value.group("argument") : value.group("option")) + ": "
                    + value.group("why");
        }
        return Character.toLowerCase(e.getMessage().charAt(0)) + e.getMessage().substring(1);
    }
}
