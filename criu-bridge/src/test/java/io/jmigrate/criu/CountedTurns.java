package io.jmigrate.criu;

import java.util.concurrent.atomic.AtomicInteger;

/** Has a tree go on, and counts how often it is called while memory is taken: never, if CRIU takes it. */
final class CountedTurns implements DumpListener {
    private final AtomicInteger turns = new AtomicInteger();

    @Override
    public DumpVerdict frozen(FrozenTree tree) {
        return DumpVerdict.THAW;
    }

    @Override
    public void working() {
        turns.incrementAndGet();
    }

    int count() {
        return turns.get();
    }
}
