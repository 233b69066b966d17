package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.store.NameLock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A container that runs here and lacks memory, which a service has taken that has been killed since. Nobody has watched it meanwhile: if it
 * has ended it counts as lost.
 */
final class ResumedArrival implements LackingArrival.Outcome {
    private final Journals journals;
    private final DestinationNode node;
    private final DestinationRecord entry;
    private final NameLock claim;
    private final LackingArrival lacking;
    private int takers;

    /** @param claim of its journal; ends with the last one who takes memory */
    ResumedArrival(
            Journals journals, DestinationNode node, DestinationRecord entry, Duration patience, NameLock claim) {
        this.journals = journals;
        this.node = node;
        this.entry = entry;
        this.claim = claim;
        CompletableFuture<Boolean> unwitnessed = CompletableFuture.completedFuture(true);
        this.lacking = new LackingArrival(node, entry, patience, unwitnessed, this);
    }

    /** Whether the entry's container lacks memory and this is the word that proves who brings it. */
    static boolean awaits(DestinationRecord entry, String secret) {
        byte[] expected = entry.secret().orElse("").getBytes(StandardCharsets.UTF_8);
        return entry.state() instanceof DestinationState.Lacking
                && MessageDigest.isEqual(expected, secret.getBytes(StandardCharsets.UTF_8));
    }

    DestinationRecord entry() {
        return entry;
    }

    /** One more takes memory, or is about to; called under one lock, as is {@link #leave}. */
    ResumedArrival enter() {
        takers++;
        return this;
    }

    /** @return whether nobody takes memory any more */
    boolean leave() {
        takers--;
        if (takers == 0) {
            claim.close();
        }
        return takers == 0;
    }

    /** Takes memory over a connection, in place of whoever does so over another one. */
    void take(Data data) {
        try {
            lacking.take(data);
        } catch (RuntimeException e) {
            if (!node.left(entry).facts().alive()) {
                lacking.settle();
            }
            throw e;
        }
        node.left(entry).removeImages();
    }

    @Override
    public void complete(FaultLatency latency) {
        DestinationRecord running = entry.in(new DestinationState.Lacking().complete(), Instant.now());
        journals.save(running.report()
                .map(report -> running.reporting(report.waitedFor(latency)))
                .orElse(running));
    }

    @Override
    public void lost() {
        journals.save(entry.in(new DestinationState.Lacking().lost(), Instant.now()));
        node.left(entry).removeImages();
    }
}
