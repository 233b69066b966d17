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
    private final SharedMemory memory;
    private final SegmentSlots slots = new SegmentSlots();
    private final ByteBuffer page = ByteBuffer.allocateDirect(PageRun.PAGE_BYTES);

    ArrivingSegment(SharedMemory memory) {
        this.memory = memory;
    }

    /** How many pages have come. */
    int pages() {
        return slots.count();
    }

    /** How many pieces of 2 MiB they are in, for each of which memory of this process is taken. */
    int chunks() {
        return slots.chunks();
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
        for (long done = 0; done < run.pages(); ) {
            int slot = place(first + done);
            int pages = 1;
            while (done + pages < run.pages() && place(first + done + pages) == slot + pages) {
                pages++;
            }
            part.take(slot, pages);
            done += pages;
        }
    }

    private int place(long number) {
        int slot = slots.of(number);
        return slot < 0 ? slots.add(number) : slot;
    }

    private static long offset(int slot) {
        return (long) slot * PageRun.PAGE_BYTES;
    }

    /** @throws Failure PAGES_PROTOCOL if that page has not come, PAGES_IO */
    void read(long address, Fd file, ByteBuffer into) {
        if (!Descriptors.preadFully(file, into, offset(slot(address / PageRun.PAGE_BYTES)))) {
            throw Failure.of(PageCode.PAGES_IO, "a file of memory that has arrived ends too early");
        }
    }

    private int slot(long number) {
        int slot = slots.of(number);
        if (slot < 0) {
            throw Failure.of(
                    PageCode.PAGES_PROTOCOL,
                    "the page of " + memory + " at 0x" + Long.toHexString(number * PageRun.PAGE_BYTES)
                            + " was not sent");
        }
        return slot;
    }

    /**
     * Makes the file one with these pages alone: few are moved.
     *
     * @return where they are, in the order in which the file has them
     * @throws Failure PAGES_PROTOCOL if some have not come
     */
    List<PageRun> settle(SharedPagemap pagemap, Fd file) {
        BitSet kept = new BitSet(slots.count());
        for (PageRun run : pagemap.runs()) {
            long first = run.address() / PageRun.PAGE_BYTES;
            for (long number = first; number < first + run.pages(); number++) {
                kept.set(slot(number));
            }
        }
        slots.keep(kept, (from, to) -> move(file, from, to));
        Descriptors.setSize(file, offset(slots.count()));
        return runs();
    }

    private void move(Fd file, int from, int to) {
        Descriptors.preadFully(file, page.clear(), offset(from));
        Descriptors.pwriteFully(file, page.flip(), offset(to));
    }

    private List<PageRun> runs() {
        List<PageRun> runs = new ArrayList<>();
        for (int slot = 0; slot < slots.count(); ) {
            int from = slot;
            do {
                slot++;
            } while (slot < slots.count() && slots.pageAt(slot) == slots.pageAt(from) + slot - from);
            runs.add(new PageRun(memory, slots.pageAt(from) * PageRun.PAGE_BYTES, slot - from, PageContent.PRESENT));
        }
        return runs;
    }
}
