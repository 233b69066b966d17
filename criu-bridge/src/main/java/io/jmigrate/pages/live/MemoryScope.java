package io.jmigrate.pages.live;

/** Which of a process's mappings are meant. */
public enum MemoryScope {
    /** All that can hold memory of its own. */
    PRIVATE,
    /**
     * Those of no file, which is what a lazy dump leaves in the process (criu/include/vma.h, vma_entry_can_be_lazy). What a process has
     * changed in private mappings of files is in the images that CRIU writes.
     */
    ANONYMOUS
}
