package io.jmigrate.cli.invocation;

/** Runs one command. The warm service gets it handed in, so that it need not know the commands. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs the command to its end, all output written to the invocation's streams.
     *
     * @return the exit status for the caller
     */
    int run(Invocation invocation);
}
