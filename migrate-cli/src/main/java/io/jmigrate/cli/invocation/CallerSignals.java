package io.jmigrate.cli.invocation;

import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Signal;
import java.util.function.Consumer;

/** The signals that the caller's terminal or supervisor sends to the command. */
public interface CallerSignals {
    /** They go to this child, also those that came before. */
    void forwardTo(Child child);

    /**
     * Who is told of signals that are not forwarded; also of those that came before. The handler must not block. A front that is
     * gone counts as a HUP: nobody can tell the command anything any more.
     */
    void handle(Consumer<Signal> handler);
}
