package io.jmigrate.criu.memory;

/** Something with pages of its own. */
public sealed interface Space {
    /**
     * The address space of a process.
     *
     * @param pid of the process
     */
    record OfProcess(int pid) implements Space {}

    /**
     * Shared memory, whose addresses begin at 0 and which processes map to addresses of theirs.
     *
     * @param number of it in the images
     */
    record Shared(long number) implements Space {}
}
