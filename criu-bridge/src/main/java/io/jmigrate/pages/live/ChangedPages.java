package io.jmigrate.pages.live;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Lets pages through that are others than in the round before; where a page is the same the sink only hears that it is the parent
 * image's. A round without one before it lets everything through.
 */
public final class ChangedPages implements PageSink {
    private final PageHashes before;
    private final PageHashes now = new PageHashes();
    private final PageSink sink;
    private final byte[] page = new byte[PageRun.PAGE_BYTES];
    private long changedBytes;

    private ChangedPages(PageHashes before, PageSink sink) {
        this.before = before;
        this.sink = Objects.requireNonNull(sink);
    }

    /** The first round. */
    public static ChangedPages first(PageSink sink) {
        return new ChangedPages(new PageHashes(), sink);
    }

    /** A round after this one, which must have been handed over in full. */
    public ChangedPages next(PageSink nextSink) {
        return new ChangedPages(now, nextSink);
    }

    /** Bytes of the pages that were let through so far. */
    public long changedBytes() {
        return changedBytes;
    }

    @Override
    public void open(PageTarget target) {
        sink.open(target);
    }

    @Override
    public void pages(PageRun run, ByteBuffer data) {
        int total = (int) run.pages();
        int start = 0;
        boolean changed = isChanged(run, 0, data);
        for (int i = 1; i <= total; i++) {
            boolean next = i < total && isChanged(run, i, data);
            if (i == total || next != changed) {
                pass(run, start, i, changed, data);
                start = i;
                changed = next;
            }
        }
        data.position(data.limit());
    }

    private boolean isChanged(PageRun run, int number, ByteBuffer data) {
        data.get(data.position() + number * PageRun.PAGE_BYTES, page);
        PageHashes.Content content = PageHashes.contentOf(page);
        long address = run.address() + (long) number * PageRun.PAGE_BYTES;
        now.note(run.target(), address, content);
        return !before.has(run.target(), address, content);
    }

    private void pass(PageRun run, int from, int to, boolean changed, ByteBuffer data) {
        long address = run.address() + (long) from * PageRun.PAGE_BYTES;
        int count = to - from;
        if (changed) {
            int bytes = count * PageRun.PAGE_BYTES;
            sink.pages(
                    new PageRun(run.target(), address, count, run.content()),
                    data.slice(data.position() + from * PageRun.PAGE_BYTES, bytes));
            changedBytes += bytes;
        } else {
            sink.hole(new PageRun(run.target(), address, count, PageContent.IN_PARENT));
        }
    }

    @Override
    public void hole(PageRun run) {
        sink.hole(run);
    }

    @Override
    public void finish() {
        sink.finish();
    }

    @Override
    public void close() {
        sink.close();
    }
}
