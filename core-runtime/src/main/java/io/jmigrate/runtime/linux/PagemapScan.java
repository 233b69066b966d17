package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * Looks for pages of a process by what they are (ioctl PAGEMAP_SCAN, Linux 6.7: Documentation/admin-guide/mm/pagemap.rst). Pages that are
 * a file's own, and not the process's, are never found, and neither is what exists nowhere: asked for written pages alone, the kernel
 * would plant marks where there is nothing, which look like swapped pages to everybody else.
 */
public final class PagemapScan implements AutoCloseable {
    private static final long PAGEMAP_SCAN = 0xC0606610L; // _IOWR('f', 16, struct pm_scan_arg), linux/fs.h
    private static final long PROTECT = 1; // PM_SCAN_WP_MATCHING
    private static final long CHECK = 1 << 1; // PM_SCAN_CHECK_WPASYNC
    private static final long IS_WRITTEN = 1 << 1;
    private static final long IS_FILE = 1 << 2;
    private static final long IS_PRESENT_OR_SWAPPED = 1 << 3 | 1 << 4;

    /** struct pm_scan_arg, in words of 8 bytes. */
    private static final int WORDS = 12;

    /**
     * Where the walk stopped, if the runs were too many for the answer. Otherwise it may be where the kernel has emptied its own, smaller
     * buffer for the last time, though the walk went on to the end (fs/proc/task_mmu.c, do_pagemap_scan, Linux 6.18).
     */
    private static final int WALK_END = 4;

    /** struct page_region: start, end, categories. */
    private static final int WORDS_A_RUN = 3;

    private static final int RUNS_AT_ONCE = 1 << 12;

    private final Fd pagemap;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment runs = arena.allocate(ValueLayout.JAVA_LONG, (long) RUNS_AT_ONCE * WORDS_A_RUN);
    private final MemorySegment scan = arena.allocate(ValueLayout.JAVA_LONG, WORDS);

    /** Which pages of the process's own are looked for. */
    public enum Choice {
        /** Those written since they were protected, which are protected anew at the same instant. */
        WRITTEN_ANEW(PROTECT | CHECK, IS_WRITTEN | IS_FILE),
        /** All, which are protected at the same instant. */
        ALL_ANEW(PROTECT | CHECK, IS_FILE),
        /** Those written since they were protected; nothing changes. */
        WRITTEN(CHECK, IS_WRITTEN | IS_FILE),
        /** All; nothing changes. */
        OWN(0, IS_FILE);

        private final long flags;
        private final long categories;

        Choice(long flags, long categories) {
            this.flags = flags;
            this.categories = categories;
        }
    }

    /** Takes a run of pages, by the addresses of its first byte and behind its last one. */
    @FunctionalInterface
    public interface Runs {
        void run(long start, long end);
    }

    private PagemapScan(Fd pagemap) {
        this.pagemap = pagemap;
    }

    /**
     * Of the process's memory as it is now: when the process executes another program, it is another memory.
     *
     * @param file {@code /proc/PID/pagemap}
     * @throws LinuxException ENOENT or ESRCH if the process has ended
     */
    public static PagemapScan of(Path file) {
        return new PagemapScan(Descriptors.open(file));
    }

    /**
     * Looks at some of the pages between two addresses, the first ones.
     *
     * @param found gets runs in ascending order
     * @return where the next step begins; {@code end} if that was all
     * @throws LinuxException EPERM if a mapping between the addresses is not registered with a userfaultfd for its writes, as most choices
     *     need: pages before it may be protected already, and nothing was found. ESRCH if that memory is no more
     */
    public long step(long start, long end, Choice choice, Runs found) {
        fill(start, end, choice);
        long count = SystemCall.IOCTL.on("PAGEMAP_SCAN", pagemap.number(), PAGEMAP_SCAN, scan.address());
        for (long i = 0; i < count; i++) {
            found.run(word(runs, i * WORDS_A_RUN), word(runs, i * WORDS_A_RUN + 1));
        }
        return count < RUNS_AT_ONCE ? end : Math.max(word(scan, WALK_END), word(runs, count * WORDS_A_RUN - 2));
    }

    private static long word(MemorySegment words, long index) {
        return words.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    private void fill(long start, long end, Choice choice) {
        long[] words = {
            scan.byteSize(),
            choice.flags,
            start,
            end,
            0, // walk_end, an answer
            runs.address(),
            RUNS_AT_ONCE,
            0, // no limit to the pages
            IS_FILE, // is to be absent
            choice.categories,
            IS_PRESENT_OR_SWAPPED,
            IS_FILE // of no interest, the same for all: so that runs are as long as can be
        };
        MemorySegment.copy(words, 0, scan, ValueLayout.JAVA_LONG, 0, words.length);
    }

    @Override
    public void close() {
        try (arena) {
            pagemap.close();
        }
    }
}
