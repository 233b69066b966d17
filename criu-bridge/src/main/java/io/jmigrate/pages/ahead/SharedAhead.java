package io.jmigrate.pages.ahead;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.frozen.SharedPagemap;
import io.jmigrate.pages.frozen.SharedPagesFile;
import io.jmigrate.pages.live.ChangedPages;
import io.jmigrate.pages.live.SharedObject;
import io.jmigrate.pages.live.SharedReader;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One copy of the memory that the processes of one tree share, in rounds while it runs and at last when it stands still. What has changed
 * is found by comparing content: nothing in the kernel tells of all who write to it. Used by one thread at a time.
 */
public final class SharedAhead {
    private final PageTaker taker;
    private final SharedReader reader = new SharedReader();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final SharedPace pace = new SharedPace();
    private Map<SharedMemory, ChangedPages> rounds = new HashMap<>();
    private Map<SharedMemory, CopiedPages> known = Map.of();

    public SharedAhead(PageTaker taker) {
        this.taker = Objects.requireNonNull(taker);
    }

    /**
     * Hands over what is other than in the round before, or all of it.
     *
     * @param objects all that there is now
     * @return bytes
     * @throws Failure PAGES_IO, or the taker's own
     */
    public long round(Collection<SharedObject> objects) {
        look(objects);
        known = Map.of();
        return pace.changedBytes();
    }

    /** The same, of a tree that stands still from now on: what was seen is as it will be dumped. */
    public long standing(Collection<SharedObject> objects) {
        known = look(objects);
        return pace.changedBytes();
    }

    private Map<SharedMemory, CopiedPages> look(Collection<SharedObject> objects) {
        Map<SharedMemory, ChangedPages> now = new HashMap<>();
        Map<SharedMemory, CopiedPages> seen = new HashMap<>();
        long changed = 0;
        long all = 0;
        pace.begin(System.nanoTime());
        for (SharedObject object : objects) {
            Handing handing = new Handing();
            ChangedPages before = rounds.get(object.memory());
            ChangedPages round = before == null ? ChangedPages.first(handing) : before.next(handing);
            if (reader.read(object, round)) {
                now.put(object.memory(), round);
                seen.put(object.memory(), handing.seen);
            }
            changed += round.changedBytes();
            all += handing.bytes;
        }
        rounds.keySet().stream().filter(memory -> !now.containsKey(memory)).forEach(taker::ended);
        rounds = now;
        pace.end(changed, all);
        return seen;
    }

    /** How many bytes a round would hand over now, at most; by how fast it was written before. */
    public long pending() {
        return pace.pending(System.nanoTime());
    }

    /**
     * Hands over what a dump has written of it, but for what was seen when the tree stood still already.
     *
     * @param images of the dump
     * @return bytes
     * @throws Failure PAGES_IO, or the taker's own
     */
    public long last(Path images) {
        return hand(images, known, taker);
    }

    /** Hands over all that a dump has written of it, whatever has been handed over before, until it is enough. @throws Failure as {@link #last} */
    public void all(Path images, PageTaker to) {
        hand(images, Map.of(), to);
    }

    private long hand(Path images, Map<SharedMemory, CopiedPages> but, PageTaker to) {
        long bytes = 0;
        for (SharedPagemap pagemap : pagemaps(images)) {
            CopiedPages pages = but.getOrDefault(pagemap.memory(), new CopiedPages());
            try (SharedPagesFile file = SharedPagesFile.open(images, pagemap)) {
                for (PageRun run : pagemap.runs()) {
                    for (PageRun missing : pages.missing(run)) {
                        if (to.enough()) {
                            return bytes;
                        }
                        file.read(missing, buffer, to);
                        bytes += missing.bytes();
                    }
                }
            }
        }
        return bytes;
    }

    private static Iterable<SharedPagemap> pagemaps(Path images) {
        try {
            return SharedPagemap.in(images);
        } catch (IOException e) {
            throw Failure.of(
                            PageCode.PAGES_IO,
                            "cannot tell what memory in " + images + " processes share: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Hands changed pages on, and notes all that have been seen. */
    private final class Handing implements PageSink {
        private final CopiedPages seen = new CopiedPages();
        private long bytes;

        @Override
        public void open(PageTarget target) {
            // each run names its target
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            taker.pages(run, data);
            note(run);
        }

        /** It is as it was. */
        @Override
        public void hole(PageRun run) {
            note(run);
        }

        private void note(PageRun run) {
            seen.add(run.address(), run.end());
            bytes += run.bytes();
        }

        @Override
        public void finish() {
            // there is nothing that waits
        }

        @Override
        public void close() {
            // the taker's owner does so
        }
    }
}
