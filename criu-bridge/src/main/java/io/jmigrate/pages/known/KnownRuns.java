package io.jmigrate.pages.known;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.known.KnownPages.Place;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Divides runs of pages into those that are known and those that are not, in their order. */
public final class KnownRuns {
    private final KnownPages known;
    private final Taker taker;

    /** Takes the pieces of a run. */
    public interface Taker {
        /** Pages that nobody has had. @param content of them */
        void fresh(PageRun run, ByteBuffer content);

        /** Pages that are the same as others. @param same those, in the same order */
        void same(PageRun run, PageRun same);
    }

    public KnownRuns(KnownPages known, Taker taker) {
        this.known = known;
        this.taker = taker;
    }

    /** @param content of the run, which stays as it is */
    public void divide(PageRun run, ProcessMemory process, ByteBuffer content) {
        int pages = (int) run.pages();
        int from = 0;
        Optional<Place> piece = place(run, process, content, 0);
        for (int page = 1; page < pages; page++) {
            Optional<Place> next = place(run, process, content, page);
            if (!goesOn(piece, page - from, next)) {
                hand(run, content, from, page, piece);
                from = page;
                piece = next;
            }
        }
        hand(run, content, from, pages, piece);
    }

    private Optional<Place> place(PageRun run, ProcessMemory process, ByteBuffer content, int page) {
        int offset = page * PageRun.PAGE_BYTES;
        return known.goes(
                new Place(process, run.address() + offset),
                content.slice(content.position() + offset, PageRun.PAGE_BYTES));
    }

    private static boolean goesOn(Optional<Place> piece, int pages, Optional<Place> next) {
        Optional<Place> expected =
                piece.map(place -> new Place(place.process(), place.address() + (long) pages * PageRun.PAGE_BYTES));
        return expected.equals(next);
    }

    private void hand(PageRun run, ByteBuffer content, int from, int to, Optional<Place> piece) {
        int offset = from * PageRun.PAGE_BYTES;
        int length = (to - from) * PageRun.PAGE_BYTES;
        PageRun part = run.part(run.address() + offset, length);
        if (piece.isPresent()) {
            Place same = piece.get();
            taker.same(part, new PageRun(same.process(), same.address(), part.pages(), run.content()));
        } else {
            taker.fresh(part, content.slice(content.position() + offset, length));
        }
    }
}
