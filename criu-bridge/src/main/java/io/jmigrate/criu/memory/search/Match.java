package io.jmigrate.criu.memory.search;

import java.util.Objects;

/**
 * Something that was found in memory.
 *
 * @param pid of the process; of shared memory, a process that has mapped it
 * @param address of its first byte in the process
 * @param mapping what the mapping is called that holds it; empty if it has no name
 * @param protection of the mapping, as in /proc/PID/maps
 * @param before what stands before it, up to {@link #CONTEXT_BYTES}
 * @param bytes itself
 * @param after what stands behind it, as far
 */
public record Match(
        int pid, long address, String mapping, String protection, byte[] before, byte[] bytes, byte[] after) {
    public static final int CONTEXT_BYTES = 32;

    public Match {
        Objects.requireNonNull(mapping);
        Objects.requireNonNull(protection);
        before = before.clone();
        bytes = bytes.clone();
        after = after.clone();
    }

    @Override
    public byte[] before() {
        return before.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public byte[] after() {
        return after.clone();
    }
}
