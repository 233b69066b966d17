package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.store.RoundImages;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps memory as it arrives: rounds while the tree runs at the source, at last what its dump says. */
final class ArrivingMemory implements AutoCloseable {
    private final RoundImages images;
    private final long roundPagesMax;
    private Optional<PageSink> sink = Optional.empty();
    private boolean inRound;
    private boolean complete;
    private long pages;

    /** @param directory of CRIU's images @param roundPagesMax pages that one round may have */
    ArrivingMemory(Path directory, long roundPagesMax) {
        this.images = new RoundImages(directory);
        this.roundPagesMax = roundPagesMax;
    }

    void beginRound() {
        if (complete || sink.isPresent()) {
            throw broken("a round of memory begins within another");
        }
        sink = Optional.of(images.nextRound());
        inRound = true;
    }

    void open(PageTarget target) {
        sink().open(target);
    }

    void pages(PageRun run, byte[] data) {
        pages += run.pages();
        if (pages > roundPagesMax) {
            throw broken("far more memory than was announced, over " + roundPagesMax + " pages");
        }
        sink().pages(run, ByteBuffer.wrap(data));
    }

    void hole(PageRun run) {
        sink().hole(run);
    }

    /** The round, or the memory as a whole, has ended. @return whether it was a round */
    boolean end(long announced) {
        if (announced != pages) {
            throw broken("pages are missing");
        }
        sink().finish();
        close();
        pages = 0;
        complete = !inRound;
        inRound = false;
        return !complete;
    }

    private PageSink sink() {
        if (complete) {
            throw broken("pages after the last");
        }
        if (sink.isEmpty()) {
            sink = Optional.of(images.lastRound());
        }
        return sink.get();
    }

    void requireComplete() {
        if (!complete) {
            throw broken("no memory was sent");
        }
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }

    @Override
    public void close() {
        sink.ifPresent(PageSink::close);
        sink = Optional.empty();
    }
}
