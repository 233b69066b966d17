package io.jmigrate.criu.inspect;

import java.util.Objects;

/**
 * A mapping in the address space of a process in a checkpoint.
 *
 * @param pid of the process
 * @param start its first byte's address
 * @param end the address behind its last byte
 * @param protection as in /proc/PID/maps: {@code rw-p}
 * @param kind what is mapped
 * @param name of the file, or what /proc/PID/maps calls it: {@code [heap]}; empty if it has none
 * @param offset where it begins in the file or in the shared memory, in bytes
 * @param object number of the file or of the shared memory in the images
 */
public record ImagedMapping(
        int pid, long start, long end, String protection, MappingKind kind, String name, long offset, long object) {
    public ImagedMapping {
        Objects.requireNonNull(protection);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    /** Its addresses, as in /proc/PID/maps. */
    public String range() {
        return Long.toHexString(start) + "-" + Long.toHexString(end);
    }

    /** How long it is, in bytes. */
    public long bytes() {
        return end - start;
    }

    /** Whether the address is in it. */
    public boolean holds(long address) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }
}
