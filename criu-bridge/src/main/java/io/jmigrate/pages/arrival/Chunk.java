package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageRun;
import java.util.BitSet;

/** A piece of 2 MiB of an address space, with a place of the same size in the file. Places are given in the order in which chunks are met. */
final class Chunk {
    static final int PAGES = 512;
    static final long BYTES = (long) PAGES * PageRun.PAGE_BYTES;

    private final long place;
    private final BitSet present = new BitSet(PAGES);
    private final BitSet written = new BitSet(PAGES);

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
        int before = present.cardinality();
        present.set(first, first + count);
        written.set(first, first + count, content);
        return present.cardinality() - before;
    }

    /** Whether the file has something else than a hole at the page's place. */
    boolean isWritten(int page) {
        return written.get(page);
    }

    /** How many pages from there on have come without a gap. */
    int presentFrom(int page) {
        return present.nextClearBit(page) - page;
    }
}
