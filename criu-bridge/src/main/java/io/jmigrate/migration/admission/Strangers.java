package io.jmigrate.migration.admission;

import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.wire.Door;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Connections of which it is not known yet who made them: so many at once, altogether and of one host, and of one host so many in a time. One
 * that becomes known counts no more, so that peers don't limit themselves. What is remembered is bounded too.
 */
public final class Strangers {
    private static final int HOSTS_MAX = 4096;

    private final NodeLimits limits;
    private final LongSupplier clock;
    private final Map<String, Host> hosts = new HashMap<>();
    private int open;

    private static final class Host {
        private final TokenBucket calls;
        private int open;

        Host(TokenBucket calls) {
            this.calls = calls;
        }
    }

    /** @param clock as {@link System#nanoTime()} */
    public Strangers(NodeLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** @param address without a port @return empty if it is too many */
    public synchronized Optional<Door.Pass> enter(String address) {
        long now = clock.getAsLong();
        String name = HostName.of(address);
        if (open >= limits.strangersMax() || hosts.size() >= HOSTS_MAX && !hosts.containsKey(name) && !forget(now)) {
            return Optional.empty();
        }
        Host host = hosts.computeIfAbsent(
                name, _ -> new Host(new TokenBucket(limits.callsOfHostBurst(), limits.callPause(), now)));
        if (host.open >= limits.strangersOfHostMax() || !host.calls.take(now)) {
            return Optional.empty();
        }
        host.open++;
        open++;
        return Optional.of(new Stranger(host));
    }

    /** Forgets the hosts that may do whatever a new one may. @return whether there were some */
    private boolean forget(long now) {
        return hosts.values().removeIf(host -> host.open == 0 && host.calls.isFull(now));
    }

    private final class Stranger implements Door.Pass {
        private final Host host;
        private boolean counted = true;

        Stranger(Host host) {
            this.host = host;
        }

        @Override
        public void known() {
            synchronized (Strangers.this) {
                close();
                host.calls.giveBack();
            }
        }

        @Override
        public void close() {
            synchronized (Strangers.this) {
                if (counted) {
                    counted = false;
                    host.open--;
                    open--;
                }
            }
        }
    }
}
