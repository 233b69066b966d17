package io.jmigrate.pages.ahead;

import io.jmigrate.pages.PageRun;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pages of one process were handed over as they are: a bit each. */
final class CopiedPages {
    private static final int PAGES_A_CHUNK = 512;
    private static final long CHUNK_BYTES = (long) PAGES_A_CHUNK * PageRun.PAGE_BYTES;

    private final Map<Long, BitSet> chunks = new HashMap<>();

    void add(long start, long end) {
        for (long at = start; at < end; at = nextChunk(at)) {
            chunks.computeIfAbsent(at / CHUNK_BYTES, _ -> new BitSet(PAGES_A_CHUNK))
                    .set(page(at), lastPage(at, end) + 1);
        }
    }

    /** The parts of a run that were not, in ascending order. */
    List<PageRun> missing(PageRun run) {
        List<PageRun> missing = new ArrayList<>();
        long at = run.address();
        while (at < run.end()) {
            long from = next(at, run.end(), false);
            long to = next(from, run.end(), true);
            if (from < to) {
                missing.add(new PageRun(run.target(), from, (to - from) / PageRun.PAGE_BYTES, run.content()));
            }
            at = to;
        }
        return missing;
    }

    /** The first page from there on that was copied, or wasn't; the end if there is none. */
    private long next(long from, long end, boolean copied) {
        long at = from;
        while (at < end) {
            BitSet chunk = chunks.get(at / CHUNK_BYTES);
            int page = page(at);
            int found =
                    chunk == null ? (copied ? -1 : page) : (copied ? chunk.nextSetBit(page) : chunk.nextClearBit(page));
            if (found >= 0 && found < PAGES_A_CHUNK) {
                return Math.min(end, at + (long) (found - page) * PageRun.PAGE_BYTES);
            }
            at = nextChunk(at);
        }
        return end;
    }

    private static long nextChunk(long address) {
        return (address / CHUNK_BYTES + 1) * CHUNK_BYTES;
    }

    private static int page(long address) {
        return (int) (address % CHUNK_BYTES / PageRun.PAGE_BYTES);
    }

    private static int lastPage(long address, long end) {
        return page(Math.min(end, nextChunk(address)) - PageRun.PAGE_BYTES);
    }
}
