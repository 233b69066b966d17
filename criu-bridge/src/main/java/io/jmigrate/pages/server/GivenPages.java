package io.jmigrate.pages.server;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps account of who got what.
 *
 * <p>A page that is asked for alone may be one that CRIU itself has touched while it restores. Many at once are only asked for when CRIU
 * has said that the restore is complete (criu/uffd.c, handle_requests): from then on the tree runs elsewhere.
 */
final class GivenPages {
    private final LazyPages pages;
    private final Map<ProcessMemory, OfProcess> processes = new HashMap<>();
    private final long bytesOfAll;
    private long bytes;
    private boolean many;
    private long lastNanos = System.nanoTime();

    /** One run of pages. @param bit the one that stands for its first page */
    private record Numbered(PageRun run, int bit) {}

    /** One process's pages, by address. */
    private record OfProcess(NavigableMap<Long, Numbered> runs, BitSet given) {
        static OfProcess of(Iterable<PageRun> lazy) {
            NavigableMap<Long, Numbered> runs = new TreeMap<>();
            int bit = 0;
            for (PageRun run : lazy) {
                runs.put(run.address(), new Numbered(run, bit));
                bit = Math.addExact(bit, Math.toIntExact(run.pages()));
            }
            return new OfProcess(runs, new BitSet(bit));
        }

        /** How many pages of the run had not been given before. */
        int note(PageRun run) {
            Numbered whole = runs.floorEntry(run.address()).getValue();
            int from =
                    whole.bit() + Math.toIntExact((run.address() - whole.run().address()) / PageRun.PAGE_BYTES);
            int to = from + (int) run.pages();
            int before = given.get(from, to).cardinality();
            given.set(from, to);
            return to - from - before;
        }
    }

    GivenPages(LazyPages pages) {
        this.pages = pages;
        this.bytesOfAll = pages.lazyBytes();
    }

    /**
     * What can be given of what is asked for: all, or the first part of it.
     *
     * @throws io.jmigrate.runtime.failure.Failure PAGES_PROTOCOL if the first page isn't there
     */
    synchronized PageRun available(PageRun asked) {
        Map.Entry<Long, Numbered> found = of(asked).runs().floorEntry(asked.address());
        if (found == null || asked.address() >= found.getValue().run().end()) {
            throw PageMessage.refusal("asks for a page of " + asked.target() + " that there is not: 0x"
                    + Long.toHexString(asked.address()));
        }
        long count = Math.min(asked.pages(), (found.getValue().run().end() - asked.address()) / PageRun.PAGE_BYTES);
        return new PageRun(asked.target(), asked.address(), count, PageContent.PRESENT);
    }

    private OfProcess of(PageRun run) {
        return processes.computeIfAbsent((ProcessMemory) run.target(), process -> OfProcess.of(pages.lazy(process)));
    }

    /** Takes note of pages that are on their way. */
    synchronized void note(PageRun run) {
        bytes += (long) of(run).note(run) * PageRun.PAGE_BYTES;
        many |= run.pages() > 1;
        lastNanos = System.nanoTime();
    }

    /** How many bytes have been given, each counted once. */
    synchronized long bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    long bytesOfAll() {
        return bytesOfAll;
    }

    /** Whether a client who says that it is done has what it needs: all, or all but what the program has given up since it runs. */
    synchronized boolean suffices() {
        return many || bytes == bytesOfAll;
    }

    /** For how long nobody has got anything. */
    synchronized long silentNanos() {
        return System.nanoTime() - lastNanos;
    }
}
