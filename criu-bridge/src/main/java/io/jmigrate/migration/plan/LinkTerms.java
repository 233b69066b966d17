package io.jmigrate.migration.plan;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a migration takes of the link.
 *
 * @param bandwidthMax bytes a second that its data connections may take together
 * @param connections how many data connections, from 1 to {@link #CONNECTIONS_MAX}; empty: as many as pay
 */
public record LinkTerms(OptionalLong bandwidthMax, OptionalInt connections) {
    /** A frame names a connection by one byte; more than so many have gained nothing anywhere. */
    public static final int CONNECTIONS_MAX = 32;

    /** As it goes best. */
    public static final LinkTerms USUAL = new LinkTerms(OptionalLong.empty(), OptionalInt.empty());

    public LinkTerms {
        Objects.requireNonNull(bandwidthMax);
        if (connections.isPresent() && (connections.getAsInt() < 1 || connections.getAsInt() > CONNECTIONS_MAX)) {
            throw new IllegalArgumentException(connections.getAsInt() + " connections");
        }
    }
}
