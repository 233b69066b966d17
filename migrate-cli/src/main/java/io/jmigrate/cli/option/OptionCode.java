package io.jmigrate.cli.option;

import io.jmigrate.runtime.failure.FailureCode;

/** What can be wrong with options that were understood. */
public enum OptionCode implements FailureCode {
    /** An option of runc's that this program knows and does not do. */
    OPTION_UNSUPPORTED,
    /** Options or arguments that don't go together. */
    USAGE
}
