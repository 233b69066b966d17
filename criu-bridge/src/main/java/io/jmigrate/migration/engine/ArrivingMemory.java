package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;

/** Keeps memory as it arrives: rounds while the tree runs at the source, and the last one. */
final class ArrivingMemory {
    private final ArrivingPages kept;
    private final long roundPagesMax;
    private long pages;
    private boolean complete;

    /** @param roundPagesMax pages that one round may have */
    ArrivingMemory(ArrivingPages kept, long roundPagesMax) {
        this.kept = kept;
        this.roundPagesMax = roundPagesMax;
    }

    void pages(PageRun run, byte[] data) {
        count(run);
        kept.put(run, ByteBuffer.wrap(data));
    }

    void zeros(PageRun run) {
        count(run);
        kept.putZeros(run);
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

    void ended(PageTarget process) {
        kept.drop(process);
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

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }
}
