package io.jmigrate.cli.verb;

/** One command of the program, filled in from the command line. */
@FunctionalInterface
public interface Verb {
    /**
     * Does it.
     *
     * @return the exit status, 0 or the status of a container's process
     * @throws io.jmigrate.runtime.failure.Failure when it could not be done
     */
    int run(Session session);
}
