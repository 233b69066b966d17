package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which page is at which place of a file that has them one behind the other: each gets the next place when it first comes. Pages and places
 * are counted from 0. They are noted in a sparse file, as objects may be larger than what there is heap for: first the places by their pages, one
 * more than the number in four bytes, zero for none; from {@link #BY_PLACE} on the pages by their places, in eight.
 */
final class SegmentSlots {
    /** How many pages may be asked for at once. */
    static final int BATCH = 4096;
    /** What the places, or the pages, of one batch take. */
    static final int SCRATCH_BYTES = BATCH * Long.BYTES;

    private static final int NONE = -1;
    /** Any file system that images may be on has files of 16 TiB. */
    private static final long BY_PLACE = 1L << 43;

    private static final long PAGES_MAX = BY_PLACE / Integer.BYTES;
    /** Pages whose places are in one page of the table. */
    private static final int PAGES_A_PIECE = 1024;

    private static final int PIECE_BYTES = PAGES_A_PIECE * Integer.BYTES;
    private static final int HEAP_BYTES_A_PIECE = 80;

    private final Supplier<Fd> table;
    private final ByteBuffer scratch;
    private final Bookkeeping.Account account;
    private final Set<Long> pieces = new HashSet<>();
    private int count;

    /** Copies what is at one place to another. */
    interface Moving {
        void move(int from, int to);
    }

    /** @param table an empty file, asked for each time @param scratch {@link #SCRATCH_BYTES}, of no meaning between two calls */
    SegmentSlots(Supplier<Fd> table, ByteBuffer scratch, Bookkeeping.Account account) {
        this.table = table;
        this.scratch = scratch;
        this.account = account;
    }

    /** The places of pages; negative for those that have none. @param pages at most {@link #BATCH} */
    int[] of(long first, int pages) {
        int[] places = new int[pages];
        if (first + pages > PAGES_MAX) {
            throw Failure.of(
                    PageCode.PAGES_PROTOCOL,
                    "memory that processes share, " + first / (1L << 28) + " TiB from the beginning of its object");
        }
        read(first * Integer.BYTES, pages * Integer.BYTES);
        for (int i = 0; i < pages; i++) {
            places[i] = scratch.getInt() + NONE;
        }
        return places;
    }

    /** Where nothing was written it reads zeros, behind the end too. */
    private void read(long offset, int bytes) {
        scratch.clear().limit(bytes);
        for (boolean more = true; more && scratch.hasRemaining(); ) {
            more = Descriptors.pread(table.get(), scratch, offset + scratch.position()) > 0;
        }
        while (scratch.hasRemaining()) {
            scratch.put((byte) 0);
        }
        scratch.flip();
    }

    /** The same after those that have none have got the next ones. */
    int[] take(long first, int pages) {
        int[] places = of(first, pages);
        int before = count;
        for (int i = 0; i < pages; i++) {
            if (places[i] == NONE) {
                places[i] = count;
                count = Math.incrementExact(count);
            }
        }
        if (count > before) {
            noteHeap(first, pages);
            note(first, places, before);
        }
        return places;
    }

    private void noteHeap(long first, int pages) {
        for (long piece = first / PAGES_A_PIECE; piece <= (first + pages - 1) / PAGES_A_PIECE; piece++) {
            if (pieces.add(piece)) {
                account.heap(HEAP_BYTES_A_PIECE);
                account.kept(PIECE_BYTES);
            }
        }
    }

    /** Gives back what it has taken of the account. */
    void forget() {
        account.heap(-(long) HEAP_BYTES_A_PIECE * pieces.size());
        account.kept(-(long) PIECE_BYTES * pieces.size());
        pieces.clear();
    }

    /** @param before places from there on are new */
    private void note(long first, int[] places, int before) {
        scratch.clear();
        for (int place : places) {
            scratch.putInt(place - NONE);
        }
        Descriptors.pwriteFully(table.get(), scratch.flip(), first * Integer.BYTES);
        scratch.clear();
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= before) {
                scratch.putLong(first + i);
            }
        }
        Descriptors.pwriteFully(table.get(), scratch.flip(), BY_PLACE + (long) before * Long.BYTES);
    }

    /** How many places there are. */
    int count() {
        return count;
    }

    /** In how many pieces of 1024 pages those are that have had a place. */
    int pieces() {
        return pieces.size();
    }

    /** The pages of some places in a row. @param places at most {@link #BATCH} */
    long[] pagesAt(int first, int places) {
        long[] pages = new long[places];
        read(BY_PLACE + (long) first * Long.BYTES, places * Long.BYTES);
        for (int i = 0; i < places; i++) {
            pages[i] = scratch.getLong();
        }
        return pages;
    }

    /** Takes all places away but these; what is behind the gaps comes into them, from the end. Afterwards no page is asked for any more, and places alone. */
    void keep(BitSet kept, Moving moving) {
        int last = count - 1;
        for (int gap = kept.nextClearBit(0); gap < count; gap = kept.nextClearBit(gap + 1)) {
            while (last > gap && !kept.get(last)) {
                last--;
            }
            if (last > gap) {
                moving.move(last, gap);
                long page = pagesAt(last, 1)[0];
                scratch.clear().putLong(page).flip();
                Descriptors.pwriteFully(table.get(), scratch, BY_PLACE + (long) gap * Long.BYTES);
                last--;
            }
        }
        count = kept.cardinality();
    }
}
