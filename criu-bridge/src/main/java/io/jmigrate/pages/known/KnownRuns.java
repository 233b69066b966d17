package io.jmigrate.pages.known;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.kept.PageName;
import io.jmigrate.pages.known.KnownPages.Place;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Divides runs of pages into those that are known, those that the peer has kept, and those that are neither, in their order. */
public final class KnownRuns {
    private final KnownPages known;
    private final KeptPeer kept;
    private final Taker taker;

    /** Takes the pieces of a run. */
    public interface Taker {
        /** Pages that nobody has had. @param content of them */
        void fresh(PageRun run, ByteBuffer content);

        /** Pages that are the same as others. @param same those, in the same order */
        void same(PageRun run, PageRun same);

        /** Pages that the peer has kept. @param number of the first one; the others follow it */
        void kept(PageRun run, long number);
    }

    /** Where a page can be had. */
    private sealed interface Found {
        /** Where one has to be for both to be one piece. @param pages how far behind the first */
        Found after(int pages);

        record Nowhere() implements Found {
            static final Nowhere FOUND = new Nowhere();

            @Override
            public Found after(int pages) {
                return this;
            }
        }

        record There(Place place) implements Found {
            @Override
            public Found after(int pages) {
                return new There(new Place(place.process(), place.address() + (long) pages * PageRun.PAGE_BYTES));
            }
        }

        record Kept(long number) implements Found {
            @Override
            public Found after(int pages) {
                return new Kept(number + pages);
            }
        }
    }

    public KnownRuns(KnownPages known, KeptPeer kept, Taker taker) {
        this.known = known;
        this.kept = kept;
        this.taker = taker;
    }

    /** @param content of the run, which stays as it is */
    public void divide(PageRun run, ByteBuffer content) {
        int pages = (int) run.pages();
        int from = 0;
        Found piece = find(run, content, 0, Found.Nowhere.FOUND);
        for (int page = 1; page < pages; page++) {
            Found expected = piece.after(page - from);
            Found next = find(run, content, page, expected);
            if (next != expected && !next.equals(expected)) {
                hand(run, content, from, page, piece);
                from = page;
                piece = next;
            }
        }
        hand(run, content, from, pages, piece);
    }

    private Found find(PageRun run, ByteBuffer content, int page, Found expected) {
        int offset = page * PageRun.PAGE_BYTES;
        PageName name = kept.names().of(content.slice(content.position() + offset, PageRun.PAGE_BYTES));
        Optional<Place> same = run.target() instanceof ProcessMemory process
                ? known.goes(new Place(process, run.address() + offset), name)
                : Optional.empty();
        if (same.isPresent()) {
            return new Found.There(same.get());
        }
        OptionalLong number = kept.find(name, expected instanceof Found.Kept(long next) ? next : -1);
        return number.isPresent() ? new Found.Kept(number.getAsLong()) : Found.Nowhere.FOUND;
    }

    private void hand(PageRun run, ByteBuffer content, int from, int to, Found piece) {
        int offset = from * PageRun.PAGE_BYTES;
        int length = (to - from) * PageRun.PAGE_BYTES;
        PageRun part = run.part(run.address() + offset, length);
        switch (piece) {
            case Found.There(Place same) ->
                taker.same(part, new PageRun(same.process(), same.address(), part.pages(), run.content()));
            case Found.Kept(long number) -> taker.kept(part, number);
            case Found.Nowhere _ -> taker.fresh(part, content.slice(content.position() + offset, length));
        }
    }
}
