package io.jmigrate.cli.report;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong in the command line itself. */
public enum CliCode implements FailureCode {
    /** The warm service did not start, stop or answer. */
    SERVICE,
    /** The distribution tree lacks one of its own files. */
    BROKEN_TREE,
    /** The file that a command is to write exists. */
    FILE_EXISTS,
    /** An ordinary user has no directory for what runs. */
    NO_USER_DIRECTORY,
    /** The caller has sent a signal; the command has undone what it had begun. */
    INTERRUPTED,
    /** A defect of this program. */
    INTERNAL
}
