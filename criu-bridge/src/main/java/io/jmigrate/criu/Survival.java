package io.jmigrate.criu;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.time.Duration;

/**
 * What becomes of a tree whose CRIU ends in the midst of a dump.
 *
 * <p>For some milliseconds CRIU executes system calls in the tree's processes, in place of their own code and followed by a trap that
 * hands them back (compel/src/lib/infect.c, compel_syscall). If CRIU dies then, nobody catches the trap, and it ends the process.
 */
final class Survival {
    /** The trap is the next thing that such a process does. */
    private static final Duration UNTIL_TRAP = Duration.ofMillis(200);

    private Survival() {}

    /**
     * Half a sentence about the tree.
     *
     * @param root the tree's
     * @param planned what becomes of it when a dump fails
     * @param lost whether CRIU has ended without an answer
     */
    static String fate(ProcessRef root, String planned, boolean lost) {
        return lost && Processes.awaitEnd(root, UNTIL_TRAP)
                ? "its first process has died with CRIU, which was executing in it"
                : planned;
    }
}
