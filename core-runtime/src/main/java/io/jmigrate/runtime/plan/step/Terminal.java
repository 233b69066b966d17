package io.jmigrate.runtime.plan.step;

/**
 * Makes a terminal in the container's devpts, hands its master to the runtime, and makes it the process's controlling terminal and
 * standard streams (config.md, "Process", {@code terminal}). The process must lead a session without a terminal.
 *
 * @param uid who owns it, unsigned 32-bit, inside the user namespace
 * @param rows of its window, up to 65535
 * @param columns likewise
 * @param console whether it is mounted on /dev/console too
 */
public record Terminal(int uid, int rows, int columns, boolean console) implements Step {
    @Override
    public String describe() {
        return "make a terminal in /dev/pts" + (console ? " and bind it onto /dev/console" : "");
    }
}
