package io.jmigrate.cli.command;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words a command line that was not understood as a sentence. */
final class UsageFailure {
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
        String message = e.getMessage();
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
