package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.linux.Fd;

/** The terminal that the caller sits at. */
public interface CallerTerminal {
    /** Whether one of the caller's standard streams is a terminal. */
    boolean present();

    /**
     * Joins it to the terminal of a container's process until the command ends.
     *
     * @param master of the process's terminal, which stays open here
     */
    void join(Fd master);
}
