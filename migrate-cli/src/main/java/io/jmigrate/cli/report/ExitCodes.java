package io.jmigrate.cli.report;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.RuntimeCode;

/** Maps the class of a failure to an exit code. */
public final class ExitCodes {
    private ExitCodes() {}

    /** The exit code for a failure of any module; {@link ExitCode#FAILED} where nothing more can be told apart. */
    public static ExitCode of(FailureCode code) {
        return switch (code) {
            case OptionCode option -> ofOption(option);
            case CliCode cli -> ofCli(cli);
            case RuntimeCode runtime -> ofRuntime(runtime);
            case CriuCode criu -> ofCriu(criu);
            case MigrationCode migration -> ofMigration(migration);
            default -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofCli(CliCode code) {
        return switch (code) {
            case SERVICE, BROKEN_TREE, INTERNAL -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofOption(OptionCode code) {
        return switch (code) {
            case USAGE -> ExitCode.USAGE;
            case OPTION_UNSUPPORTED -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofRuntime(RuntimeCode code) {
        return switch (code) {
            case COMMAND_NOT_FOUND -> ExitCode.COMMAND_NOT_FOUND;
            case NOT_EXECUTABLE -> ExitCode.NOT_EXECUTABLE;
            default -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofCriu(CriuCode code) {
        return switch (code) {
            case CRIU_MISSING, CRIU_TOO_OLD, FEATURE_MISSING -> ExitCode.CRIU_UNUSABLE;
            case DUMP_FAILED, RESTORE_FAILED, NO_SPACE, IMAGES_INVALID -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofMigration(MigrationCode code) {
        return switch (code) {
            case INVALID_ADDRESS -> ExitCode.USAGE;
            case PEER_UNREACHABLE, PEER_UNTRUSTED, PEER_NOT_JMIGRATE, PEER_REFUSED, PREFLIGHT -> ExitCode.REFUSED;
            case ABORTED, CANCELLED -> ExitCode.ABORTED;
            case IN_DOUBT -> ExitCode.IN_DOUBT;
            default -> ExitCode.FAILED;
        };
    }
}
