package io.jmigrate.cli.report;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong in the command line itself. */
public enum CliCode implements FailureCode {
    /** The warm service did not start, stop or answer. */
    SERVICE,
    /** The distribution tree lacks one of its own files. */
    BROKEN_TREE,
    /** A defect of this program. */
    INTERNAL
}
