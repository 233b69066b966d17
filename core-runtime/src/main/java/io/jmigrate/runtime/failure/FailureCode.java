package io.jmigrate.runtime.failure;

/**
 * Names a class of failures. Every module has one enum of them; the command line maps each to an exit code and a remedy.
 */
public interface FailureCode {
    /** The stable name, in capitals, as it appears in JSON output. */
    String name();
}
