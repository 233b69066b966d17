package io.jmigrate.cli;

import io.jmigrate.cli.command.Program;
import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.cli.invocation.FrontInvocation;
import io.jmigrate.cli.report.JvmLog;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.linux.Fd;

/**
 * The entry of a JVM that a front has started: {@code Main --front-fd N}. Runs the one command that the front announces.
 *
 * <p>The JVM is halted when the command is over: everything is written by then, and an orderly exit with network threads alive
 * takes 0.3 s. Only a JVM that records its start-up cache must exit in order, because the cache is written then.
 */
public final class Main {
    private static final String EXIT_IN_ORDER = "jmigrate.exit-in-order";

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[0].equals("--front-fd")) {
            throw new IllegalArgumentException("started by hand: use bin/jmigrate");
        }
        FrontConnection front = FrontConnection.over(Fd.of(Integer.parseInt(arguments[1])));
        int here = (int) ProcessHandle.current().pid();
        int status = Program.run(FrontInvocation.of(front, here, Distribution.ofRunningJava()), JvmLog::to);
        tell(front, status);
        if (Boolean.getBoolean(EXIT_IN_ORDER)) {
            System.exit(status);
        }
        Runtime.getRuntime().halt(status);
    }

    private static void tell(FrontConnection front, int status) {
        try {
            front.exit(status);
        } catch (LaunchException e) {
            System.getLogger(Main.class.getName()).log(System.Logger.Level.DEBUG, "nobody waits for the status", e);
        }
    }
}
