package io.jmigrate.pages.compare;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** In which round pages were handed over last: a byte each. */
public final class PageRounds {
    private static final int PAGES_A_CHUNK = 512;

    private final Map<PageTarget, Map<Long, byte[]>> chunks = new HashMap<>();

    /** @param round from 1 on */
    public void note(PageRun run, int round) {
        Map<Long, byte[]> ofTarget = chunks.computeIfAbsent(run.target(), _ -> new HashMap<>());
        for (long page = first(run); page < first(run) + run.pages(); page++) {
            ofTarget.computeIfAbsent(page / PAGES_A_CHUNK, _ -> new byte[PAGES_A_CHUNK])[(int) (page % PAGES_A_CHUNK)] =
                    PageWord.round(round);
        }
    }

    /**
     * What is to be said of pages.
     *
     * @param content of the run, consumed
     * @return {@link PageWord#BYTES} a page
     */
    public byte[] words(PageRun run, ByteBuffer content, PageDigests digests) {
        ByteBuffer words = ByteBuffer.allocate(Math.toIntExact(run.pages() * PageWord.BYTES));
        Map<Long, byte[]> ofTarget = chunks.getOrDefault(run.target(), Map.of());
        for (long page = first(run); content.hasRemaining(); page++) {
            byte[] chunk = ofTarget.get(page / PAGES_A_CHUNK);
            words.put(chunk == null ? 0 : chunk[(int) (page % PAGES_A_CHUNK)]);
            digests.of(content, words);
        }
        return words.array();
    }

    private static long first(PageRun run) {
        return run.address() / PageRun.PAGE_BYTES;
    }
}
