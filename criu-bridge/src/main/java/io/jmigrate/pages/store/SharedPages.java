package io.jmigrate.pages.store;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** A store for several who each would close it: it stays open, and is settled once. */
public final class SharedPages implements PageStore {
    private final PageStore store;
    private boolean settled;

    /** @param store closed by the caller */
    public SharedPages(PageStore store) {
        this.store = Objects.requireNonNull(store);
    }

    @Override
    public long lazyBytes() {
        return store.lazyBytes();
    }

    @Override
    public List<PageRun> lazy(ProcessMemory process) {
        return store.lazy(process);
    }

    @Override
    public void read(ProcessMemory process, long address, ByteBuffer target) {
        store.read(process, address, target);
    }

    @Override
    public synchronized void settle() {
        if (!settled) {
            store.settle();
            settled = true;
        }
    }

    @Override
    public void confirm() {
        store.confirm();
    }

    @Override
    public void close() {
        // who has opened the store closes it
    }
}
