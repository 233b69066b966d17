package io.jmigrate.criu;

import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether a dump leaves memory in the tree, to be copied by this program, or CRIU writes it.
 *
 * @param memoryBytes private memory of the tree
 * @param userfaultfd whether this host has what CRIU asks of it for a lazy dump
 */
record LazyDumpPolicy(long memoryBytes, boolean userfaultfd) {
    /** CRIU copies this much before two threads have begun. */
    private static final long WORTHWHILE_BYTES = 32L << 20;

    private static final long KIB = 1024;

    /** For a tree as it is now. */
    static LazyDumpPolicy of(int root) {
        long memory = ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> memory((int) process.pid()))
                .sum();
        return new LazyDumpPolicy(memory, memory >= WORTHWHILE_BYTES && KernelProbe.userfaultfd());
    }

    /** Pages in memory and swapped out (proc_pid_status(5)). */
    private static long memory(int pid) {
        try {
            ProcStatus status = ProcStatus.read(Path.of("/proc/" + pid + "/status"));
            return Stream.of("RssAnon", "VmSwap")
                    .flatMap(field -> status.field(field).stream())
                    .mapToLong(size -> Long.parseLong(size.split(" ")[0]) * KIB)
                    .sum();
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    boolean leavesMemory() {
        return userfaultfd && memoryBytes >= WORTHWHILE_BYTES;
    }
}
