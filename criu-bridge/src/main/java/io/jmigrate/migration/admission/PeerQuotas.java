package io.jmigrate.migration.admission;

import io.jmigrate.migration.plan.NodeLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What peers that are known may ask for: so many questions in a time, and so many migrations at once. */
public final class PeerQuotas {
    private static final int PEERS_MAX = 4096;

    private final NodeLimits limits;
    private final LongSupplier clock;
    private final Map<String, TokenBucket> questions = new HashMap<>();
    private final Map<String, Integer> migrations = new HashMap<>();
    private int all;

    /** A migration that counts until it is closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @param clock as {@link System#nanoTime()} */
    public PeerQuotas(NodeLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether a peer may ask one more question now. @param peer what it is known by */
    public synchronized boolean mayAsk(String peer) {
        long now = clock.getAsLong();
        if (questions.size() >= PEERS_MAX) {
            questions.values().removeIf(bucket -> bucket.isFull(now));
        }
        return questions
                .computeIfAbsent(peer, _ -> new TokenBucket(limits.questionsBurst(), limits.questionPause(), now))
                .take(now);
    }

    /** A place for one more migration of a peer; empty if there is none. */
    public synchronized Optional<Place> migration(String peer) {
        int own = migrations.getOrDefault(peer, 0);
        if (all >= limits.migrationsMax() || own >= limits.migrationsOfPeerMax()) {
            return Optional.empty();
        }
        all++;
        migrations.put(peer, own + 1);
        return Optional.of(() -> leave(peer));
    }

    private synchronized void leave(String peer) {
        all--;
        migrations.computeIfPresent(peer, (_, own) -> own == 1 ? null : own - 1);
    }
}
