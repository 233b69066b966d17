package io.jmigrate.criu.outgoing;

import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.ProcStatus;
import java.util.stream.Stream;

/** Whether a dump leaves memory in the tree, to be copied by this program, or CRIU writes it. */
public final class LazyDumpPolicy {
    /** CRIU copies this much before two threads have begun. */
    private static final long WORTHWHILE_BYTES = 32L << 20;

    private LazyDumpPolicy() {}

    /** For a tree as it is now, by its private memory; and where this host has what CRIU asks of it for a lazy dump. */
    public static boolean leavesMemory(int root) {
        return memory(root) >= WORTHWHILE_BYTES && KernelProbe.userfaultfd();
    }

    /** Pages in memory and swapped out (proc_pid_status(5)), in bytes. */
    private static long memory(int root) {
        return ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> ProcStatus.find((int) process.pid()).stream())
                .mapToLong(status -> status.bytes("RssAnon", "VmSwap"))
                .sum();
    }
}
