package io.jmigrate.cli.report;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.image.ImageCode;
import io.jmigrate.archive.integrity.KeyCode;
import io.jmigrate.archive.registry.RegistryCode;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.RuntimeCode;

/** Maps the class of a failure to an exit code. */
public final class ExitCodes {
    private ExitCodes() {}

    /**
     * The exit code for a failure of any module; {@link ExitCode#FAILED} where a script could do nothing with more.
     *
     * @throws IllegalArgumentException for codes of a kind that this table lacks; a test looks for such kinds
     */
    public static ExitCode of(FailureCode code) {
        return switch (code) {
            case OptionCode option -> ofOption(option);
            case CliCode cli -> ofCli(cli);
            case RuntimeCode runtime -> ofRuntime(runtime);
            case CriuCode criu -> ofCriu(criu);
            case PageCode pages -> ofPages(pages);
            case ArchiveCode archive -> ofArchive(archive);
            case ImageCode image -> ofImage(image);
            case RegistryCode registry -> ofRegistry(registry);
            case KeyCode key -> ofKey(key);
            case MigrationCode migration -> ofMigration(migration);
            default -> throw new IllegalArgumentException("no exit code for " + code.getClass());
        };
    }

    /** The same for a command in which 1 means something of its own. @param failed stands for {@link ExitCode#FAILED} */
    public static ExitCode of(FailureCode code, ExitCode failed) {
        ExitCode usual = of(code);
        return usual == ExitCode.FAILED ? failed : usual;
    }

    private static ExitCode ofCli(CliCode code) {
        return switch (code) {
            case SERVICE, BROKEN_TREE, FILE_EXISTS, NO_USER_DIRECTORY, INTERRUPTED, INTERNAL -> ExitCode.FAILED;
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
            case GIVEN_AWAY -> ExitCode.IN_DOUBT;
            case INVALID_CONFIG,
                    UNSUPPORTED,
                    LIMIT_REFUSED,
                    INVALID_CHANGE,
                    INVALID_ID,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    WRONG_STATE,
                    STATE_UNREADABLE,
                    INIT_FAILED,
                    CONSOLE,
                    HOOK_FAILED,
                    IDS_NOT_GRANTED,
                    PERMISSION,
                    SYSTEMD,
                    IO -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofCriu(CriuCode code) {
        return switch (code) {
            case CRIU_MISSING, CRIU_TOO_OLD, FEATURE_MISSING -> ExitCode.CRIU_UNUSABLE;
            case UNDUMPABLE, FILES_DIFFER, IMAGES_EXCEED, PAGE_SERVER, PID_TAKEN -> ExitCode.REFUSED;
            case DUMP_FAILED,
                    RESTORE_FAILED,
                    PAGES_NOT_FETCHED,
                    PAGES_CUT_OFF,
                    MEMORY_LOST,
                    MEMORY_ARRIVING,
                    NO_SPACE,
                    IMAGES_INVALID,
                    CRIU_CONFIG,
                    CRIU_HUNG -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofPages(PageCode code) {
        return switch (code) {
            case PAGES_PROTOCOL, PAGES_ADDRESS, PAGES_NO_SPACE, PAGES_IO, PAGES_DIFFER -> ExitCode.FAILED;
            case PAGES_TRACKER -> ExitCode.REFUSED;
        };
    }

    private static ExitCode ofArchive(ArchiveCode code) {
        return switch (code) {
            case ARCHIVE_MISSING,
                    ARCHIVE_INVALID,
                    ARCHIVE_FORBIDDEN,
                    ARCHIVE_TOO_LARGE,
                    ARCHIVE_IMAGE_UNKNOWN,
                    ARCHIVE_NO_BASE,
                    ARCHIVE_EXISTS,
                    ARCHIVE_NO_SPACE,
                    ARCHIVE_IO -> ExitCode.FAILED;
            case ARCHIVE_ALTERED,
                    ARCHIVE_UNSIGNED,
                    ARCHIVE_UNTRUSTED,
                    ARCHIVE_ENCRYPTED,
                    ARCHIVE_WRONG_KEY,
                    ARCHIVE_PLAIN,
                    ARCHIVE_SPEC_REFUSED,
                    ARCHIVE_VOLUMES,
                    ARCHIVE_JOB_REFUSED -> ExitCode.REFUSED;
        };
    }

    private static ExitCode ofImage(ImageCode code) {
        return switch (code) {
            case IMAGE_MISSING, IMAGE_INVALID -> ExitCode.FAILED;
            case IMAGE_ALTERED -> ExitCode.REFUSED;
        };
    }

    private static ExitCode ofRegistry(RegistryCode code) {
        return switch (code) {
            case REGISTRY_UNREACHABLE, REGISTRY_UNTRUSTED, REGISTRY_DENIED -> ExitCode.REFUSED;
            case REGISTRY_FAILED, CREDENTIALS_UNUSABLE -> ExitCode.FAILED;
        };
    }

    private static ExitCode ofKey(KeyCode code) {
        return switch (code) {
            case KEY_UNUSABLE -> ExitCode.FAILED;
            case KEY_EXPOSED -> ExitCode.REFUSED;
        };
    }

    private static ExitCode ofMigration(MigrationCode code) {
        return switch (code) {
            case INVALID_ADDRESS, INVALID_NAME -> ExitCode.USAGE;
            case PEER_UNREACHABLE,
                    PEER_UNTRUSTED,
                    PEER_RIGHTS,
                    PEER_NOT_JMIGRATE,
                    PEER_REFUSED,
                    STILL_ARRIVING,
                    PREFLIGHT,
                    TOO_LATE -> ExitCode.REFUSED;
            case ABORTED, NOT_DUMPED, LINK_LOST, PEER_FAILED, CANCELLED, STALLED, GROUP_BROKEN -> ExitCode.ABORTED;
            case IN_DOUBT, MEMORY_BEHIND -> ExitCode.IN_DOUBT;
            case CANNOT_LISTEN,
                    IDENTITY_EXISTS,
                    PEER_PROTOCOL,
                    PEER_UNKNOWN,
                    NO_IDENTITY,
                    PAIRING,
                    AUDIT,
                    JOURNAL,
                    MIGRATION_UNKNOWN,
                    NOT_UNDER_WAY,
                    TRANSFER,
                    LEFT_FROZEN,
                    CONTAINER_ENDED,
                    LEFT_BEHIND -> ExitCode.FAILED;
        };
    }
}
