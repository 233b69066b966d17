package io.jmigrate.node;

import io.jmigrate.migration.kept.KeptStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Removes now and then what a node has kept long enough. */
final class KeptExpiry implements AutoCloseable {
    private static final Duration INTERVAL_MAX = Duration.ofMinutes(10);

    private final KeptStore store;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kept-memory").factory());

    private KeptExpiry(KeptStore store) {
        this.store = store;
    }

    static KeptExpiry of(KeptStore store) {
        KeptExpiry expiry = new KeptExpiry(store);
        Duration age = store.terms().age();
        long nanos = (age.compareTo(INTERVAL_MAX) < 0 ? age : INTERVAL_MAX).toNanos();
        expiry.executor.scheduleWithFixedDelay(expiry::expire, nanos, nanos, TimeUnit.NANOSECONDS);
        return expiry;
    }

    private void expire() {
        try {
            store.expire();
        } catch (RuntimeException e) {
            System.getLogger(KeptExpiry.class.getName())
                    .log(System.Logger.Level.WARNING, "memory that was kept long enough could not be removed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
