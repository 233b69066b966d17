package io.jmigrate.criu.image;

import io.jmigrate.criu.image.entry.PagemapEntry;

/**
 * What an entry of a pagemap says of some pages in a row (criu/include/pagemap.h).
 *
 * @param address of the first one; any number
 * @param pages how many, no more than fit into an address space
 * @param flags where their content is, bits of {@link #IN_PARENT}, {@link #LAZY} and {@link #PRESENT}
 */
public record PagemapRun(long address, long pages, int flags) {
    /** The content is in the images of the dump before. */
    public static final int IN_PARENT = 1;
    /** A restore may bring it while the process runs. */
    public static final int LAZY = 2;
    /** The content is in the pages file. */
    public static final int PRESENT = 4;

    /** More than an address space has: no sum of it and an address overflows. */
    private static final long PAGES_MAX = 1L << 40;

    /**
     * Reads an entry, of whichever version of CRIU.
     *
     * @param name of the image, for messages
     * @throws ImageException if it counts more pages than there can be
     */
    public static PagemapRun of(String name, PagemapEntry entry) throws ImageException {
        // the long count is there since CRIU 4.2
        long pages = entry.hasNrPages() ? entry.getNrPages() : Integer.toUnsignedLong(entry.getCompatNrPages());
        if (pages < 0 || pages > PAGES_MAX) {
            throw new ImageException(name + " counts an impossible number of pages");
        }
        // before there were flags every page was in the images (criu/pagemap.c, init_compat_pagemap_entry)
        return new PagemapRun(entry.getVaddr(), pages, entry.hasFlags() ? entry.getFlags() : PRESENT);
    }

    /** The entry that says it, as CRIU writes it from 4.2 on. */
    public PagemapEntry entry() {
        return PagemapEntry.newBuilder()
                .setVaddr(address)
                .setCompatNrPages(0)
                .setNrPages(pages)
                .setFlags(flags)
                .build();
    }

    public boolean inParent() {
        return (flags & IN_PARENT) != 0;
    }

    /** Whether the pages file has a place for them. */
    public boolean present() {
        return !inParent() && (flags & PRESENT) != 0;
    }

    /** Whether they were left at the source of a lazy dump. */
    public boolean absent() {
        return !inParent() && !present() && (flags & LAZY) != 0;
    }
}
