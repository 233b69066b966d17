package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One object of memory that processes share: the latest content of its pages, in a file that has them in the order in which they first came. */
final class ArrivingSegment {
    /** A run, and its place in two lists. */
    private static final int HEAP_BYTES_A_RUN = 80;

    private final SharedMemory memory;
    private final SegmentSlots slots;

    ArrivingSegment(SharedMemory memory, SegmentSlots slots) {
        this.memory = memory;
        this.slots = slots;
    }

    /** Gives back all that it has taken of the account. Not used afterwards. */
    void forget() {
        slots.forget();
    }

    /** How many pages have come. */
    int pages() {
        return slots.count();
    }

    /** Is handed the part of a run that lies in a row in the file. */
    private interface Part {
        void take(int slot, int pages);
    }

    /** @param data of the run, consumed */
    void put(PageRun run, Fd file, ByteBuffer data) {
        int end = data.limit();
        forParts(run, (slot, pages) -> {
            data.limit(data.position() + pages * PageRun.PAGE_BYTES);
            Descriptors.pwriteFully(file, data, offset(slot));
            data.limit(end);
        });
    }

    /** The same for zeros, which take no room. */
    void putZeros(PageRun run, Fd file) {
        forParts(run, (slot, pages) -> Descriptors.punchHole(file, offset(slot), (long) pages * PageRun.PAGE_BYTES));
        Descriptors.setSize(file, offset(slots.count())); // it may end in a hole
    }

    private void forParts(PageRun run, Part part) {
        long first = run.address() / PageRun.PAGE_BYTES;
        for (long done = 0; done < run.pages(); done += SegmentSlots.BATCH) {
            int[] places = slots.take(first + done, batch(run.pages() - done));
            for (int from = 0; from < places.length; ) {
                int to = from + 1;
                while (to < places.length && places[to] == places[from] + to - from) {
                    to++;
                }
                part.take(places[from], to - from);
                from = to;
            }
        }
    }

    private static int batch(long pages) {
        return (int) Math.min(SegmentSlots.BATCH, pages);
    }

    private static long offset(int slot) {
        return (long) slot * PageRun.PAGE_BYTES;
    }

    /** @throws Failure PAGES_PROTOCOL if that page has not come, PAGES_IO */
    void read(long address, Fd file, ByteBuffer into) {
        if (!Descriptors.preadFully(file, into, offset(places(address / PageRun.PAGE_BYTES, 1)[0]))) {
            throw Failure.of(PageCode.PAGES_IO, "a file of memory that has arrived ends too early");
        }
    }

    private int[] places(long first, int pages) {
        int[] places = slots.of(first, pages);
        for (int i = 0; i < pages; i++) {
            if (places[i] < 0) {
                throw Failure.of(
                        PageCode.PAGES_PROTOCOL,
                        "the page of " + memory + " at 0x" + Long.toHexString((first + i) * PageRun.PAGE_BYTES)
                                + " was not sent");
            }
        }
        return places;
    }

    /**
     * Makes the file one with these pages alone: few are moved.
     *
     * @param page room for one
     * @param heap given back by the caller, when nobody has the result any more
     * @return where they are, in the order in which the file has them
     * @throws Failure PAGES_PROTOCOL if some have not come, PAGES_NO_SPACE
     */
    List<PageRun> settle(SharedPagemap pagemap, Fd file, ByteBuffer page, PagemapHeap heap) {
        heap.take(slots.count() / Byte.SIZE);
        BitSet kept = new BitSet(slots.count());
        for (PageRun run : pagemap.runs()) {
            long first = run.address() / PageRun.PAGE_BYTES;
            for (long done = 0; done < run.pages(); done += SegmentSlots.BATCH) {
                for (int place : places(first + done, batch(run.pages() - done))) {
                    kept.set(place);
                }
            }
        }
        slots.keep(kept, (from, to) -> move(file, page, from, to));
        Descriptors.setSize(file, offset(slots.count()));
        return runs(heap);
    }

    private static void move(Fd file, ByteBuffer page, int from, int to) {
        Descriptors.preadFully(file, page.clear(), offset(from));
        Descriptors.pwriteFully(file, page.flip(), offset(to));
    }

    private List<PageRun> runs(PagemapHeap heap) {
        List<PageRun> runs = new ArrayList<>();
        long from = 0;
        long end = 0;
        for (int slot = 0; slot < slots.count(); slot += SegmentSlots.BATCH) {
            for (long number : slots.pagesAt(slot, batch(slots.count() - slot))) {
                if (number != end) {
                    add(from, end, runs, heap);
                    from = number;
                }
                end = number + 1;
            }
        }
        add(from, end, runs, heap);
        return runs;
    }

    private void add(long from, long end, List<PageRun> runs, PagemapHeap heap) {
        if (end > from) {
            heap.take(HEAP_BYTES_A_RUN);
            runs.add(new PageRun(memory, from * PageRun.PAGE_BYTES, end - from, PageContent.PRESENT));
        }
    }
}
