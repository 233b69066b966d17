package io.jmigrate.runtime.linux;

/**
 * Names one process for ever: a pid alone is reused by the kernel.
 *
 * @param pid in the caller's pid namespace
 * @param startTime clock ticks after boot, field 22 of {@code /proc/PID/stat} (proc(5))
 */
public record ProcessRef(int pid, long startTime) {
    public ProcessRef {
        if (pid <= 0) {
            throw new IllegalArgumentException("not a pid: " + pid);
        }
    }

    /** For a note in a file: both numbers, with a blank between them. */
    public String text() {
        return pid + " " + startTime;
    }

    /** Reads that. @throws IllegalArgumentException if it is something else */
    public static ProcessRef ofText(String text) {
        String[] numbers = text.split(" ", -1);
        if (numbers.length != 2) {
            throw new IllegalArgumentException("not a pid and a start time: " + text);
        }
        return new ProcessRef(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
    }
}
