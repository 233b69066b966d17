package io.jmigrate.pages;

import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A store that gives the first pages at once and the others when it is opened, or one that is slow. */
public final class GatedStore implements PageStore {
    private static final long FREE_BYTES = 4 << 20;
    private static final long PAUSE_NANOS = 2_000_000;

    private final PageStore store;
    private final AtomicLong bytes = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean waiting;
    private volatile boolean failing;
    private volatile boolean pausing;

    public GatedStore(PageStore store) {
        this.store = store;
    }

    /** Has it take a while for each piece in place of the gate. */
    public GatedStore pausing() {
        pausing = true;
        return this;
    }

    /** Whether somebody wants more than is given at once. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Gives everything from now on. */
    public void open() {
        gate.countDown();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails from now on. */
    public void fail() {
        failing = true;
        open();
    }

    /** How much was given. */
    public long bytes() {
        return bytes.get();
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
        if (pausing) {
            LockSupport.parkNanos(PAUSE_NANOS);
        } else if (bytes.get() > FREE_BYTES) {
            waiting = true;
            awaitGate();
        }
        if (failing) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read pages: Input/output error");
        }
        bytes.addAndGet(target.remaining());
        store.read(process, address, target);
    }

    @Override
    public void settle() {
        store.settle();
    }

    @Override
    public void confirm() {
        store.confirm();
    }

    @Override
    public void close() {
        store.close();
    }
}
