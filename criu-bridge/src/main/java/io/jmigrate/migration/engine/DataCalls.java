package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.policy.ConnectionCount;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage.Join;
import io.jmigrate.migration.wire.ControlMessage.Joined;
import io.jmigrate.migration.wire.Data;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Makes the data connections of a migration: a first one, which tells how far away the peer is and how many it takes, and then as many more as
 * were asked for or pay.
 *
 * @param call makes one; throws {@code Failure}
 * @param wanted how many; empty: as many as pay
 * @param patience how long one answer may take
 */
record DataCalls(Supplier<Connection> call, OptionalInt wanted, Duration patience) {
    /** @param secret joins them to the migration @throws io.jmigrate.runtime.failure.Failure if one of them can't be had */
    Data join(MigrationId id, String secret) {
        Join join = new Join(id, secret);
        Connection first = call.get();
        try {
            long begun = System.nanoTime();
            int more = join(first, join);
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - begun);
            Data data = first.data();
            addTo(data, ConnectionCount.of(wanted, roundTrip, 1 + more), join);
            return data;
        } catch (RuntimeException e) {
            throw closed(first, e);
        }
    }

    private void addTo(Data data, int count, Join join) {
        while (data.connections() < count) {
            Connection other = call.get();
            try {
                join(other, join);
                data.add(other);
            } catch (RuntimeException e) {
                throw closed(other, e);
            }
        }
    }

    /** @return how many more may join */
    private int join(Connection connection, Join join) {
        Control control = connection.control();
        control.send(join);
        return control.await(Joined.class, patience).more();
    }

    private static RuntimeException closed(Connection connection, RuntimeException why) {
        try (connection) {
            return why;
        }
    }
}
