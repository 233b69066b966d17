package io.jmigrate.migration.policy;

import java.time.Duration;
import java.util.OptionalInt;

/** Over how many connections data goes. */
public final class ConnectionCount {
    /**
     * A connection has no more under way than the kernels' buffers let it, some megabytes (tcp_wmem, tcp_rmem, tcp(7)): over a longer way that
     * is less than a usual link takes.
     */
    private static final Duration LONG_WAY = Duration.ofMillis(4);

    private static final int OVER_LONG_WAY = 4;

    private ConnectionCount() {}

    /**
     * Chooses.
     *
     * @param wanted what was asked for
     * @param roundTrip how long a message and its answer took
     * @param allowed as many as the other end takes, at least 1
     */
    public static int of(OptionalInt wanted, Duration roundTrip, int allowed) {
        int usual = roundTrip.compareTo(LONG_WAY) > 0 ? OVER_LONG_WAY : 1;
        return Math.min(wanted.orElse(usual), allowed);
    }
}
