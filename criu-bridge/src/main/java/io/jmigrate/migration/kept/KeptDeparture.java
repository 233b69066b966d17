package io.jmigrate.migration.kept;

import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.kept.KeptWriter;
import io.jmigrate.pages.kept.PageNames;
import io.jmigrate.runtime.linux.Fd;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What is being kept of a container that leaves. */
final class KeptDeparture implements Keeping {
    /** The destination waits for the end of the container here, and holds it for lost after 30 s. */
    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private final KeptStore store;
    private final String migration;
    private final String container;
    private final Fingerprint peer;
    private final Fd pages;
    private final Fd names;
    private final byte[] secret = PageNames.secret();
    private final KeptWriter writer;
    private boolean taken;
    private boolean complete;

    /** @param begun when, by {@link System#nanoTime} @param pages locked, closed with this @param names closed with this */
    KeptDeparture(
            KeptStore store, String migration, String container, Fingerprint peer, long begun, Fd pages, Fd names) {
        this.store = store;
        this.migration = migration;
        this.container = container;
        this.peer = peer;
        this.pages = pages;
        this.names = names;
        this.writer = new KeptWriter(
                pages,
                names,
                new PageNames(secret),
                bytes -> store.makeRoom(migration, pages, bytes),
                () -> System.nanoTime() - begun > TIME_MAX.toNanos());
    }

    @Override
    public void take(Consumer<PageTaker> memory) {
        memory.accept(writer);
        taken = true;
    }

    @Override
    public void complete() {
        long count = taken ? writer.finish() : 0;
        if (count > 0) {
            complete = store.complete(new KeptEntry(
                    migration,
                    container,
                    peer.value(),
                    System.currentTimeMillis(),
                    count,
                    HexFormat.of().formatHex(secret)));
        }
    }

    @Override
    public void close() {
        try (pages;
                names) {
            if (!complete) {
                store.remove(migration);
            }
        }
    }
}
