package io.jmigrate.criu.diff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Pages in ascending order of their addresses, each with its content in short; and which of them were met again. */
final class PageTable {
    static final PageTable EMPTY = new PageTable();

    private static final int FIELDS = 3;
    private static final int PAGES_A_CHUNK = 4096;

    private final List<long[]> chunks = new ArrayList<>();
    private final BitSet met = new BitSet();
    private int count;

    /** @param address greater than all before */
    void add(long address, PageDigests.Content content) {
        if (count % PAGES_A_CHUNK == 0) {
            chunks.add(new long[FIELDS * PAGES_A_CHUNK]);
        }
        long[] chunk = chunks.getLast();
        int at = FIELDS * (count % PAGES_A_CHUNK);
        chunk[at] = address;
        chunk[at + 1] = content.high();
        chunk[at + 2] = content.low();
        count++;
    }

    int count() {
        return count;
    }

    long address(int index) {
        return field(index, 0);
    }

    PageDigests.Content content(int index) {
        return new PageDigests.Content(field(index, 1), field(index, 2));
    }

    private long field(int index, int field) {
        return chunks.get(index / PAGES_A_CHUNK)[FIELDS * (index % PAGES_A_CHUNK) + field];
    }

    /** The index of a page, negative if it isn't there. */
    int find(long address) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(address(middle), address);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    void meet(int index) {
        met.set(index);
    }

    boolean wasMet(int index) {
        return met.get(index);
    }
}
