package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.arrival.ArrivingSegments;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.zstd.PageDecompressor;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Keeps memory as it arrives: rounds while the tree runs at the source, and the last one. */
final class ArrivingMemory implements AutoCloseable {
    private final ArrivingPages kept;
    private final ArrivingSegments shared;
    private final Optional<KeptPages> earlier;
    private Optional<PageDecompressor> decompressor = Optional.empty();
    private final long roundPagesMax;
    private final boolean mayFollow;
    private long pages;
    private boolean complete;

    /**
     * @param shared closed with this
     * @param earlier what was kept of the container when it was here before, closed by the caller
     * @param roundPagesMax pages that one round may have
     * @param mayFollow whether some may come when the tree runs
     */
    ArrivingMemory(
            ArrivingPages kept,
            ArrivingSegments shared,
            Optional<KeptPages> earlier,
            long roundPagesMax,
            boolean mayFollow) {
        this.mayFollow = mayFollow;
        this.kept = kept;
        this.earlier = earlier;
        this.shared = shared;
        this.roundPagesMax = roundPagesMax;
    }

    void pages(PageRun run, ByteBuffer data) {
        count(run);
        switch (run.target()) {
            case PageTarget.ProcessMemory _ -> kept.put(run, data);
            case PageTarget.SharedMemory memory -> shared.put(memory, run, data);
        }
    }

    /** @param data what became of them when they were compressed */
    void compressed(PageRun run, ByteBuffer data) {
        PageDecompressor with = decompressor.orElseGet(PageDecompressor::new);
        decompressor = Optional.of(with);
        pages(run, with.decompress(data, Math.toIntExact(run.bytes())));
    }

    /** @param same where what they hold is by now */
    void known(PageRun run, PageRun same) {
        if (!(run.target() instanceof PageTarget.ProcessMemory && same.target() instanceof PageTarget.ProcessMemory)) {
            throw broken("known pages of memory that processes share");
        }
        count(run);
        kept.copy(same, run);
    }

    /** @param number of the first page that was kept; the others follow it */
    void kept(PageRun run, long number) {
        KeptPages from = earlier.orElseThrow(() -> broken("kept pages where none were announced"));
        pages(run, from.read(number, run.pages()));
    }

    void zeros(PageRun run) {
        count(run);
        switch (run.target()) {
            case PageTarget.ProcessMemory _ -> kept.putZeros(run);
            case PageTarget.SharedMemory memory -> shared.putZeros(memory, run);
        }
    }

    private void count(PageRun run) {
        if (complete) {
            throw broken("pages after the last");
        }
        if (run.pages() > roundPagesMax - pages) {
            throw broken("far more memory than was announced, over " + roundPagesMax + " pages");
        }
        pages += run.pages();
    }

    void ended(PageTarget target) {
        switch (target) {
            case PageTarget.ProcessMemory process -> kept.drop(process);
            case PageTarget.SharedMemory memory -> shared.drop(memory);
        }
    }

    void outdated(PageRun run) {
        if (complete) {
            throw broken("pages after the last");
        }
        kept.forget(run);
    }

    /** What has not come comes when the tree runs here. @throws Failure PEER_PROTOCOL unless that was announced */
    void later() {
        if (complete || !mayFollow) {
            throw broken("memory that follows was not announced");
        }
        kept.later();
    }

    /** A round has ended. @param announced how many pages it had */
    void end(long announced, boolean last) {
        if (complete || announced != pages) {
            throw broken("pages are missing");
        }
        pages = 0;
        complete = last;
    }

    void requireComplete() {
        if (!complete) {
            throw broken("no memory was sent");
        }
    }

    /** The images are complete but for the pages of memory that processes share: puts these in their place. */
    void completeShared() {
        shared.complete();
    }

    @Override
    public void close() {
        decompressor.ifPresent(PageDecompressor::close);
        shared.close();
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }
}
