package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Data;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** The data connections of one arrival: with the first it can begin, and others may join it at any time. */
final class JoiningData {
    private final int connectionsMax;
    private final CompletableFuture<Data> data = new CompletableFuture<>();
    private int connections;

    /** @param connectionsMax at least 1 */
    JoiningData(int connectionsMax) {
        this.connectionsMax = connectionsMax;
    }

    /** One that belongs to it. @return how many more may join; empty if this one may not */
    synchronized OptionalInt join(Connection connection) {
        if (connections == connectionsMax) {
            return OptionalInt.empty();
        }
        connections++;
        if (!data.complete(connection.data())) {
            data.join().add(connection);
        }
        return OptionalInt.of(connectionsMax - connections);
    }

    /** Complete when there is one. */
    CompletableFuture<Data> data() {
        return data;
    }
}
