package io.jmigrate.migration.plan;

import java.time.Duration;

/**
 * How much a node lets others ask of it.
 *
 * @param strangersMax connections at once of which it is not known yet who made them
 * @param strangersOfHostMax the same of one address
 * @param callsOfHostBurst connections of one address at once, one after the other, that don't become known
 * @param callPause after which an address may make one more of them
 * @param questionsBurst inspections, questions and probes of one peer at once, one after the other
 * @param questionPause after which a peer may ask one more
 * @param migrationsMax that arrive at once
 * @param migrationsOfPeerMax the same of one peer
 * @param connectionsOfMigrationMax data connections of one migration
 */
public record NodeLimits(
        int strangersMax,
        int strangersOfHostMax,
        int callsOfHostBurst,
        Duration callPause,
        int questionsBurst,
        Duration questionPause,
        int migrationsMax,
        int migrationsOfPeerMax,
        int connectionsOfMigrationMax) {
    public static final NodeLimits DEFAULT =
            new NodeLimits(64, 16, 40, Duration.ofSeconds(1), 60, Duration.ofMillis(500), 16, 8, 8);

    /** @param all that arrive at once @param ofPeer the same of one peer */
    public NodeLimits withMigrations(int all, int ofPeer) {
        return new NodeLimits(
                strangersMax,
                strangersOfHostMax,
                callsOfHostBurst,
                callPause,
                questionsBurst,
                questionPause,
                all,
                ofPeer,
                connectionsOfMigrationMax);
    }

    /** @param max data connections of one migration */
    public NodeLimits withConnections(int max) {
        return new NodeLimits(
                strangersMax,
                strangersOfHostMax,
                callsOfHostBurst,
                callPause,
                questionsBurst,
                questionPause,
                migrationsMax,
                migrationsOfPeerMax,
                max);
    }
}
