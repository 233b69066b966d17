package io.jmigrate.criu;

import io.jmigrate.pages.LazyPages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Pages with word to somebody before the first of them is read. */
final class AnnouncedPages implements LazyPages {
    private final LazyPages pages;
    private final Runnable first;
    private boolean announced;

    /** @param pages closed by the caller */
    AnnouncedPages(LazyPages pages, Runnable first) {
        this.pages = Objects.requireNonNull(pages);
        this.first = Objects.requireNonNull(first);
    }

    @Override
    public long lazyBytes() {
        return pages.lazyBytes();
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        return pages.lazy(process);
    }

    /** If the word can't be given, nothing is read, and it is tried again for the next who asks. */
    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        announce();
        pages.read(process, address, target);
    }

    private synchronized void announce() {
        if (!announced) {
            first.run();
            announced = true;
        }
    }

    @Override
    public void close() {
        // who has opened them closes them
    }
}
