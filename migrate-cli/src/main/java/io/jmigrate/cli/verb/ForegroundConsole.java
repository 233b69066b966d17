package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.CallerTerminal;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LineEnds;

/** The caller's own terminal, which a command in the foreground joins to that of the container's process. */
record ForegroundConsole(CallerTerminal terminal) implements Console {
    @Override
    public void check(boolean wanted) {
        if (wanted && !terminal.present()) {
            throw Failure.of(
                    RuntimeCode.CONSOLE,
                    "the process asks for a terminal, and none of this command's standard streams is one");
        }
    }

    /** Line ends come from the process as it wrote them, before it has written any: the caller's terminal makes of them what it always does. */
    @Override
    public void take(Fd master) {
        LineEnds.keep(master);
        terminal.join(master);
    }
}
