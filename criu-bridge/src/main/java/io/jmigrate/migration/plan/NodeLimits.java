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
 * @param offersBurst containers that one peer may offer at once, one after the other
 * @param offerPause after which it may offer one more
 * @param idleOfPeerMax connections of one peer at once that belong to no migration
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
        int offersBurst,
        Duration offerPause,
        int idleOfPeerMax,
        int migrationsMax,
        int migrationsOfPeerMax,
        int connectionsOfMigrationMax) {
    public static final NodeLimits DEFAULT = new NodeLimits(
            64, 16, 40, Duration.ofSeconds(1), 60, Duration.ofMillis(500), 240, Duration.ofSeconds(5), 64, 16, 8, 8);

    /** @param all that arrive at once @param ofPeer the same of one peer */
    public NodeLimits withMigrations(int all, int ofPeer) {
        return with(all, ofPeer, connectionsOfMigrationMax);
    }

    /** @param max data connections of one migration */
    public NodeLimits withConnections(int max) {
        return with(migrationsMax, migrationsOfPeerMax, max);
    }

    private NodeLimits with(int migrations, int ofPeer, int connections) {
        return new NodeLimits(
                strangersMax,
                strangersOfHostMax,
                callsOfHostBurst,
                callPause,
                questionsBurst,
                questionPause,
                offersBurst,
                offerPause,
                idleOfPeerMax,
                migrations,
                ofPeer,
                connections);
    }
}
