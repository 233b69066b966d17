package io.jmigrate.pages.arrival;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which page is at which place of a file that has them one behind the other: each gets the next place when it first comes. Pages and places
 * are counted from 0.
 */
final class SegmentSlots {
    private static final int PAGES_A_CHUNK = 512;
    private static final int NONE = -1;

    private final Map<Long, int[]> slots = new HashMap<>(); // by number of a chunk
    private long[] pages = new long[PAGES_A_CHUNK]; // by slot
    private int count;

    /** Copies what is at one place to another. */
    interface Moving {
        void move(int from, int to);
    }

    /** The place of a page; negative if it has none. */
    int of(long page) {
        int[] chunk = slots.get(page / PAGES_A_CHUNK);
        return chunk == null ? NONE : chunk[(int) (page % PAGES_A_CHUNK)];
    }

    /** The next place is this page's, which has none. @return that place */
    int add(long page) {
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, Math.multiplyExact(count, 2));
        }
        pages[count] = page;
        put(page, count);
        return count++;
    }

    private void put(long page, int slot) {
        int[] chunk = slots.computeIfAbsent(page / PAGES_A_CHUNK, _ -> {
            int[] none = new int[PAGES_A_CHUNK];
            Arrays.fill(none, NONE);
            return none;
        });
        chunk[(int) (page % PAGES_A_CHUNK)] = slot;
    }

    /** How many places there are. */
    int count() {
        return count;
    }

    /** In how many pieces of 512 pages those are that have had a place. */
    int chunks() {
        return slots.size();
    }

    long pageAt(int slot) {
        return pages[slot];
    }

    /** Takes all places away but these; what is behind the gaps comes into them, from the end. */
    void keep(BitSet kept, Moving moving) {
        int last = count - 1;
        for (int gap = kept.nextClearBit(0); gap < count; gap = kept.nextClearBit(gap + 1)) {
            put(pages[gap], NONE);
            while (last > gap && !kept.get(last)) {
                last--;
            }
            if (last > gap) {
                moving.move(last, gap);
                pages[gap] = pages[last];
                put(pages[gap], gap);
                last--;
            }
        }
        count = kept.cardinality();
    }
}
