package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The greeting at the beginning of what a peer says. */
final class PeerGreeting {
    private final ByteBuffer bytes = ByteBuffer.allocate(Greeting.BYTES);
    private final CompletableFuture<Greeting> greeted = new CompletableFuture<>();

    /**
     * Takes what belongs to it of a piece of the stream.
     *
     * @param answer is run if the peer is of another version: it is told ours before it is left, so that it can say so
     * @throws Failure PEER_NOT_JMIGRATE, PEER_PROTOCOL
     */
    void feed(ByteBuffer piece, Runnable answer) {
        while (bytes.hasRemaining() && piece.hasRemaining()) {
            bytes.put(piece.get());
        }
        if (!bytes.hasRemaining() && !greeted.isDone()) {
            if (Greeting.isOfOtherVersion(bytes.array())) {
                answer.run();
            }
            greeted.complete(Greeting.decode(bytes.array()));
        }
    }

    /** None comes any more, if it has not come. */
    void end(Failure why) {
        greeted.completeExceptionally(why);
    }

    /** @throws Failure PEER_NOT_JMIGRATE if it does not come in time, or why none comes */
    Greeting await(ChannelLife life, String peer, Duration limit) {
        try {
            return greeted.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure ? failure : life.unreachable("failed: " + e.getCause());
        } catch (TimeoutException e) {
            throw Failure.of(MigrationCode.PEER_NOT_JMIGRATE, peer + " does not answer like a jmigrate node")
                    .withCause(e);
        } catch (InterruptedException e) {
            throw ChannelLife.interrupted(e);
        }
    }
}
