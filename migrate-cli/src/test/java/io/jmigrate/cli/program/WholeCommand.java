package io.jmigrate.cli.program;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All processes of a command that was started without a service: the front, Java and CRIU, but for its heir. */
final class WholeCommand {
    private WholeCommand() {}

    /** Kills them, as far as one can in one instant. */
    static void kill(Process front) {
        List<ProcessHandle> all = new ArrayList<>(front.descendants()
                .filter(process -> !process.info().commandLine().orElse("").contains("--heir"))
                .toList());
        all.add(front.toHandle());
        List<ProcessRef> alive = all.stream()
                .map(process -> Processes.find((int) process.pid()))
                .flatMap(Optional::stream)
                .toList();
        // what it starts for a moment may have ended by then
        alive.forEach(process -> Processes.killIfAlive(process, Signal.STOP));
        alive.forEach(process -> Processes.killIfAlive(process, Signal.KILL));
    }

    /** Kills Java alone. */
    static void killJava(Process front) {
        int java = java(front);
        Processes.kill(java, Signal.STOP);
        Processes.kill(java, Signal.KILL);
    }

    /** The pid of Java. */
    static int java(Process front) {
        return (int) front.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }
}
