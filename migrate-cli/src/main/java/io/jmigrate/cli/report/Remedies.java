package io.jmigrate.cli.report;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.Optional;

/** What to do about a failure: the only place that advises. */
public final class Remedies {
    private Remedies() {}

    /** One line of advice, or nothing where the message says all that is to be said. */
    public static Optional<String> of(FailureCode code) {
        return switch (code) {
            case OptionCode option -> ofOption(option);
            case CliCode cli -> ofCli(cli);
            case RuntimeCode runtime -> ofRuntime(runtime);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofCli(CliCode code) {
        return switch (code) {
            case SERVICE ->
                Optional.of("commands work without the service; JMIGRATE_NO_SERVICE=1 keeps them from asking it");
            case BROKEN_TREE -> Optional.of("copy or build the whole tree again: bin, lib and share belong together");
            case INTERNAL -> Optional.of("this is a defect of jmigrate: please report it with the lines above");
        };
    }

    private static Optional<String> ofOption(OptionCode code) {
        return switch (code) {
            case USAGE -> Optional.of("jmigrate --help lists the commands, jmigrate COMMAND --help explains one");
            case OPTION_UNSUPPORTED -> Optional.of("leave the option out");
        };
    }

    private static Optional<String> ofRuntime(RuntimeCode code) {
        return switch (code) {
            case INVALID_CONFIG -> Optional.of("correct config.json; jmigrate spec writes one that works");
            case UNSUPPORTED -> Optional.of("remove the field from config.json if the container can do without it");
            case INVALID_ID -> Optional.of("use letters, digits and _ + - . (not first)");
            case NOT_FOUND -> Optional.of("jmigrate list shows the containers; --root chooses the runtime root");
            case ALREADY_EXISTS -> Optional.of("choose another id or jmigrate delete the container");
            case WRONG_STATE -> Optional.of("jmigrate state shows the state that the container is in");
            case COMMAND_NOT_FOUND ->
                Optional.of("check process.args and PATH in process.env against the root filesystem");
            case NOT_EXECUTABLE ->
                Optional.of("check the program's mode and, for a script, the interpreter in its first line");
            case PERMISSION -> Optional.of("run jmigrate as root");
            default -> Optional.empty();
        };
    }
}
