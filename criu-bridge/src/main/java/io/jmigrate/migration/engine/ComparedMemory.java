package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.compare.PageDigests;
import io.jmigrate.pages.compare.PageRounds;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Has the peer compare the memory that it was sent with the frozen tree's: notes in which round each page went, and says in the end what
 * it holds.
 */
final class ComparedMemory {
    private final Data data;
    private final long seed = new SecureRandom().nextLong();
    private final PageDigests digests = new PageDigests(seed);
    private final PageRounds rounds = new PageRounds();
    private long pages;

    ComparedMemory(Data data) {
        this.data = data;
    }

    /** Pages go in this round. */
    void note(PageRun run, int round) {
        rounds.note(run, round);
    }

    /** Of a tree that stands still, when all of its memory and its images has gone. */
    void tell(PageRun run, ByteBuffer content) {
        data.send(new DataMessage.PageWords(run, seed, rounds.words(run, content, digests)));
        pages += run.pages();
    }

    /** How many pages the peer was told of. */
    long pages() {
        return pages;
    }

    /** @param compared how many pages the peer has found to be the same @throws Failure PEER_PROTOCOL if that is not all */
    void requireAll(long compared) {
        if (compared != pages) {
            throw Failure.of(
                    MigrationCode.PEER_PROTOCOL,
                    "the peer broke the protocol: it compared " + compared + " of " + pages + " pages");
        }
    }
}
