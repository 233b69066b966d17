package io.jmigrate.pages.compare;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares the memory that is here with what is said of it elsewhere. */
public final class PageComparison {
    private static final int NAMED_MAX = 20;

    private final Memory memory;
    private final ByteBuffer page = ByteBuffer.allocateDirect(PageRun.PAGE_BYTES);
    private final ByteBuffer digest = ByteBuffer.allocate(PageDigests.BYTES);
    private final List<Difference> named = new ArrayList<>();
    private final Map<PageTarget, Long> differing = new LinkedHashMap<>(); // pages
    private Optional<PageDigests> digests = Optional.empty();
    private OptionalLong here = OptionalLong.empty();
    private long compared;

    /** What is here. */
    public interface Memory {
        /** How much of it is to be compared. */
        long bytes();

        /**
         * Reads a page.
         *
         * @param into gets it
         * @throws Failure PAGES_PROTOCOL if there is none
         */
        void read(PageTarget target, long address, ByteBuffer into);
    }

    /** A page that holds something else here. */
    private record Difference(PageTarget target, long address, int round) {
        @Override
        public String toString() {
            return "%s at 0x%x, sent last in round %d".formatted(target, address, round);
        }
    }

    /** @param memory what is here */
    public PageComparison(Memory memory) {
        this.memory = memory;
    }

    /**
     * Compares some pages.
     *
     * @param seed of the digests, the same each time
     * @param said of each page {@link PageWord#BYTES}
     * @throws Failure PAGES_PROTOCOL if there is none of it here, or less than is compared in all
     */
    public void take(PageRun run, long seed, ByteBuffer said) {
        if (run.pages() > pagesHere() - compared) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "other memory is to be compared than there is");
        }
        if (digests.isEmpty()) {
            digests = Optional.of(new PageDigests(seed));
        }
        for (long address = run.address(); address < run.end(); address += PageRun.PAGE_BYTES) {
            memory.read(run.target(), address, page.clear());
            digests.get().of(page.flip(), digest.clear());
            PageWord word = PageWord.read(said);
            if (!word.digest().equals(digest.flip())) {
                note(new Difference(run.target(), address, word.round()));
            }
        }
        compared += run.pages();
    }

    private long pagesHere() {
        if (here.isEmpty()) {
            here = OptionalLong.of(memory.bytes() / PageRun.PAGE_BYTES);
        }
        return here.getAsLong();
    }

    private void note(Difference difference) {
        differing.merge(difference.target(), 1L, Long::sum);
        if (named.size() < NAMED_MAX) {
            named.add(difference);
        }
    }

    /** How many pages were compared. */
    public long pages() {
        return compared;
    }

    /** @throws Failure PAGES_DIFFER if some do, with their process, address and round; PAGES_PROTOCOL if not all were compared */
    public void requireSame() {
        if (!differing.isEmpty()) {
            throw Failure.of(PageCode.PAGES_DIFFER, sentence())
                    .withDetails(named.stream().map(Difference::toString).toList());
        }
        if (compared != pagesHere()) {
            throw Failure.of(PageCode.PAGES_PROTOCOL, "not all memory was compared");
        }
    }

    private String sentence() {
        List<String> targets = new ArrayList<>();
        differing.forEach((target, pages) -> targets.add(pages + " of " + target));
        long all = differing.values().stream().mapToLong(Long::longValue).sum();
        return all + " of " + compared + " pages that have arrived differ from the source's: "
                + String.join(", ", targets.subList(0, Math.min(targets.size(), NAMED_MAX)));
    }
}
