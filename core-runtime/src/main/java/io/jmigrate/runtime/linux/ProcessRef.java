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
}
