package io.jmigrate.runtime.console;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Fd;

/** Who gets the master of a process's terminal. */
public interface Console {
    /**
     * Asked before anything is made.
     *
     * @param terminal whether the process asks for a terminal
     * @throws Failure CONSOLE if nobody would get its master, or somebody waits for one in vain
     */
    void check(boolean terminal);

    /** Takes the master, before the process is executed. It stays open here. @throws Failure CONSOLE */
    void take(Fd master);

    /** Nobody does: a process that asks for a terminal is refused. */
    static Console none() {
        return new Console() {
            @Override
            public void check(boolean terminal) {
                if (terminal) {
                    throw Failure.of(
                            RuntimeCode.CONSOLE,
                            "cannot make a terminal for a process that nobody attends to without a console socket");
                }
            }

            @Override
            public void take(Fd master) {
                throw new IllegalStateException("a terminal that was refused");
            }
        };
    }
}
