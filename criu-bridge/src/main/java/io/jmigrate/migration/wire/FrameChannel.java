package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One connection to the peer, in frames and in order. Sending and receiving block; one thread may send while another receives.
 * When the connection is closed or broken, both fail with a {@link Failure} PEER_UNREACHABLE, or with
 * PEER_PROTOCOL if it was closed for that; what had arrived before can still be received.
 */
interface FrameChannel extends AutoCloseable {
    /** Whether a frame can be sent without a wait. */
    boolean hasRoom();

    /** Data arrives from now on: more of it than of messages may wait to be received. May be called by any thread. */
    void expectData();

    /** Returns when the frame is on its way or buffered within bounds. */
    void send(Frame frame);

    /** Sends a small frame that belongs to the one before, without waiting for room. */
    void append(Frame frame);

    /** Waits for so many nanoseconds, if that is more than none. */
    void pause(long nanos);

    /** The next frame, waited for no longer than this. */
    default Frame receive(Duration limit) {
        return receiveUnless(new CompletableFuture<>(), limit).orElseThrow();
    }

    /** The next frame, waited for no longer than this; empty once the event is complete, and what arrives is left to be received. */
    Optional<Frame> receiveUnless(CompletableFuture<?> event, Duration limit);

    /**
     * From now on waiting fails with this instead: for a frame, for room to send, and in a pause. What needs no wait can still be sent. Does not wait
     * itself.
     */
    void interrupt(Failure why);

    /** Who is at the other end, for people. */
    String peer();

    /** Closes it after what was sent has gone out; waiting senders and receivers, at both ends, fail. */
    @Override
    void close();
}
