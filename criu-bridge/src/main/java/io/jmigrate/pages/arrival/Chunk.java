package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageRun;

/**
 * A piece of 2 MiB of an address space, with a place of the same size in the file. For each page two bits: whether it has come, and whether
 * the file has something else than a hole for it.
 */
final class Chunk {
    static final int PAGES = 512;
    static final long BYTES = (long) PAGES * PageRun.PAGE_BYTES;

    private static final int WORDS = PAGES / Long.SIZE;

    private final long place;
    private final long[] present = new long[WORDS];
    private final long[] written = new long[WORDS];

    Chunk(long place) {
        this.place = place;
    }

    /** Which chunk of its address space an address is in. */
    static long number(long address) {
        return address / BYTES;
    }

    /** Which page of its chunk an address is in. */
    static int page(long address) {
        return (int) (address % BYTES / PageRun.PAGE_BYTES);
    }

    long place() {
        return place;
    }

    /** Of a page in the file, in bytes. */
    long offset(int page) {
        return place * BYTES + (long) page * PageRun.PAGE_BYTES;
    }

    /**
     * Pages have come.
     *
     * @param content whether the file has something at their place now
     * @return how many had not come before
     */
    int note(int first, int count, boolean content) {
        int fresh = 0;
        for (int page = first; page < first + count; page++) {
            long bit = 1L << page;
            int word = page / Long.SIZE;
            fresh += (present[word] & bit) == 0 ? 1 : 0;
            present[word] |= bit;
            written[word] = content ? written[word] | bit : written[word] & ~bit;
        }
        return fresh;
    }

    /** These have not come after all, and the file has holes for them. @return how many had come */
    int forget(int first, int count) {
        int gone = 0;
        for (int page = first; page < first + count; page++) {
            long bit = 1L << page;
            int word = page / Long.SIZE;
            gone += (present[word] & bit) == 0 ? 0 : 1;
            present[word] &= ~bit;
            written[word] &= ~bit;
        }
        return gone;
    }

    /** Which have come, the first page in the lowest bit of the first of 8 words. */
    long[] come() {
        return present.clone();
    }

    /** How many pages have come. */
    int presentPages() {
        int pages = 0;
        for (long word : present) {
            pages += Long.bitCount(word);
        }
        return pages;
    }

    /** Whether the file has something else than holes at the place of some of these pages. */
    boolean isWritten(int first, int count) {
        for (int page = first; page < first + count; page++) {
            if (has(written, page)) {
                return true;
            }
        }
        return false;
    }

    /** How many pages from there on have come without a gap. */
    int presentFrom(int page) {
        int end = page;
        while (end < PAGES && has(present, end)) {
            end++;
        }
        return end - page;
    }

    private static boolean has(long[] bits, int page) {
        return (bits[page / Long.SIZE] & 1L << page) != 0;
    }
}
