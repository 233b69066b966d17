package io.jmigrate.migration.admission;

import io.jmigrate.migration.plan.NodeLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** What peers that are known may ask for: so many questions in a time, and so many migrations at once. */
public final class PeerQuotas {
    private static final int PEERS_MAX = 4096;

    private final NodeLimits limits;
    private final LongSupplier clock;
    private final Map<String, TokenBucket> questions = new HashMap<>();
    private final Map<String, TokenBucket> offers = new HashMap<>();
    private final Map<String, Integer> idle = new HashMap<>();
    private final Map<String, Integer> migrations = new HashMap<>();
    private int all;

    /** What counts until it is closed, once or more often. */
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
        return take(questions, peer, limits.questionsBurst(), limits.questionPause());
    }

    /** Whether a peer may offer one more container now. */
    public synchronized boolean mayOffer(String peer) {
        return take(offers, peer, limits.offersBurst(), limits.offerPause());
    }

    private boolean take(Map<String, TokenBucket> of, String peer, int burst, Duration pause) {
        long now = clock.getAsLong();
        if (of.size() >= PEERS_MAX) {
            of.values().removeIf(bucket -> bucket.isFull(now));
        }
        return of.computeIfAbsent(peer, _ -> new TokenBucket(burst, pause, now)).take(now);
    }

    /** A place for one more connection of which it is not known yet what migration it is for; empty if there is none. */
    public synchronized Optional<Place> connection(String peer) {
        int own = idle.getOrDefault(peer, 0);
        if (own >= limits.idleOfPeerMax()) {
            return Optional.empty();
        }
        idle.put(peer, own + 1);
        return Optional.of(once(() -> leave(idle, peer)));
    }

    private static Place once(Runnable leaving) {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leaving.run();
            }
        };
    }

    private synchronized void leave(Map<String, Integer> of, String peer) {
        of.computeIfPresent(peer, (_, own) -> own == 1 ? null : own - 1);
    }

    /** A place for one more migration of a peer; empty if there is none. */
    public synchronized Optional<Place> migration(String peer) {
        int own = migrations.getOrDefault(peer, 0);
        if (all >= limits.migrationsMax() || own >= limits.migrationsOfPeerMax()) {
            return Optional.empty();
        }
        all++;
        migrations.put(peer, own + 1);
        return Optional.of(once(() -> leaveMigration(peer)));
    }

    private synchronized void leaveMigration(String peer) {
        all--;
        leave(migrations, peer);
    }
}
