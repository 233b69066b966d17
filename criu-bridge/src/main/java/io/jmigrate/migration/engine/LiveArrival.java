package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.Control;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/**
 * An arrival in the hands of this process.
 *
 * @param visit of the peer that offered it
 * @param secret joins data connections to it
 * @param data its data connections
 * @param lacking complete when it runs and lacks memory
 * @param over complete when it has ended
 * @param fellows it and those that arrive with it
 */
record LiveArrival(
        Visit visit,
        Control control,
        String secret,
        JoiningData data,
        CompletableFuture<LackingArrival> lacking,
        CompletableFuture<Void> over,
        Fellows fellows) {
    private static final int SECRET_BYTES = 32;

    /** @param connectionsMax data connections that it may have */
    static LiveArrival of(Visit visit, Control control, Fellows fellows, int connectionsMax) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return new LiveArrival(
                visit,
                control,
                HexFormat.of().formatHex(random),
                new JoiningData(connectionsMax),
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                fellows);
    }

    /** Whether a data connection is its own: of the same peer, which knows the secret. */
    boolean awaits(Visit other, String given) {
        return visit.isOfSamePeer(other)
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
