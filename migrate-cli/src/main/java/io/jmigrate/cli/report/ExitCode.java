package io.jmigrate.cli.report;

/** What the program's exit status means. This is the whole table; docs/exit-codes.md is compared with it by a test. */
public enum ExitCode {
    SUCCESS(0, "The command did what it was asked to do."),
    FAILED(
            1,
            "The command failed; the message says what and why. Also runc's code for every failure, `diff`'s for a"
                    + " difference, and `memory search`'s for nothing found."),
    USAGE(
            2,
            "The command line was not understood. Nothing was done. Also the code of `diff` and `memory search` for a checkpoint"
                    + " that can't be read."),
    NOT_RUNNING(3, "`service status`: no service runs."),
    REFUSED(4, "A check or the peer refused before anything was changed."),
    ABORTED(5, "A migration failed and was undone: the container runs at the source as before."),
    IN_DOUBT(
            6,
            "A migration was cut off after its commit: `migration recover` decides where the container runs, or has the rest of it follow."),
    CRIU_UNUSABLE(7, "CRIU is missing, too old or lacks a feature that the command needs."),
    NOT_EXECUTABLE(126, "The container's program exists and can't be executed."),
    COMMAND_NOT_FOUND(127, "The container's program was not found."),
    EXEC_FAILED(255, "`exec` failed before the program ran, as runc's.");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The number that the process exits with. */
    public int status() {
        return status;
    }

    /** One or two sentences for people. */
    public String meaning() {
        return meaning;
    }
}
