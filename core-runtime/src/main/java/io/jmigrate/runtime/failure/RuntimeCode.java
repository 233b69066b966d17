package io.jmigrate.runtime.failure;

/** What can go wrong in the container runtime. */
public enum RuntimeCode implements FailureCode {
    /** The bundle's config.json is missing, malformed or contradictory. */
    INVALID_CONFIG,
    /** The config or the command asks for something that this version does not do. */
    UNSUPPORTED,
    /** The kernel does not take the value of a limit. */
    LIMIT_REFUSED,
    /** What is asked to be other than config.json has it does not fit. */
    INVALID_CHANGE,
    /** A container id that can't be a directory name. */
    INVALID_ID,
    /** No container of that id below the runtime root. */
    NOT_FOUND,
    /** The id is taken. */
    ALREADY_EXISTS,
    /** The container's state does not allow the operation. */
    WRONG_STATE,
    /** A migration has stopped the container and may have given it away: only that decides whether it goes on here. */
    GIVEN_AWAY,
    /** What was saved of the container is torn, or of another version. */
    STATE_UNREADABLE,
    /** The native init failed in one of the plan's steps. */
    INIT_FAILED,
    /** Nobody is there who gets the terminal that a process asks for, or the process asks for none. */
    CONSOLE,
    /** A hook of the config has failed. */
    HOOK_FAILED,
    /** The program to execute is not in the container. */
    COMMAND_NOT_FOUND,
    /** The program to execute is there and can't be executed. */
    NOT_EXECUTABLE,
    /** An ordinary user's container maps ids that root has not given to the user. */
    IDS_NOT_GRANTED,
    /** The kernel refused for lack of privilege. */
    PERMISSION,
    /** systemd does not do what it was asked for. */
    SYSTEMD,
    /** A file or system call failed on the host. */
    IO
}
