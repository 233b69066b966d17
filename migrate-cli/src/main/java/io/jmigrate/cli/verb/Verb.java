package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.runtime.failure.FailureCode;

/** One command of the program, filled in from the command line. */
public interface Verb {
    /** What it takes; values are handed to the verb when the command line is parsed. */
    Declaration declaration();

    /**
     * Does it.
     *
     * @return the exit status, 0 or the status of a container's process
     * @throws io.jmigrate.runtime.failure.Failure when it could not be done
     */
    int run(Session session);

    /** The exit code that this verb has for a failure of it. */
    default ExitCode exitCode(FailureCode code) {
        return ExitCodes.of(code);
    }
}
