package io.jmigrate.migration.wire;

import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One stream of frames over several connections. Each carries a piece of the stream, and then a frame that says which one carries the next.
 * So the other end has all frames in the order in which they were sent, while the connections encrypt, send, decrypt and check side by side;
 * what comes over one before it is its turn waits there, within the bounds of any connection. When one is lost, all of it is.
 */
final class JoinedChannels implements FrameChannel {
    /** A connection that is no longer waited for has this much to go on with. */
    private static final long PIECE_BYTES = 1 << 20;

    private final List<FrameChannel> all = new CopyOnWriteArrayList<>();
    private int sending;
    private long sentOfPiece;
    private int receiving;

    JoinedChannels(FrameChannel first) {
        add(first);
    }

    /** One more, at both ends before either sends over it. May be called by any thread. */
    void add(FrameChannel other) {
        other.expectData();
        all.add(other);
    }

    int count() {
        return all.size();
    }

    @Override
    public boolean hasRoom() {
        return all.get(sending).hasRoom();
    }

    @Override
    public void expectData() {
        all.forEach(FrameChannel::expectData);
    }

    @Override
    public void send(Frame frame) {
        if (sentOfPiece >= PIECE_BYTES && all.size() > 1) {
            turn();
        }
        all.get(sending).send(frame);
        sentOfPiece += frame.bytes();
    }

    @Override
    public void append(Frame frame) {
        all.get(sending).append(frame);
        sentOfPiece += frame.bytes();
    }

    /** To the next one that takes something at once, if one does. */
    private void turn() {
        int next = (sending + 1) % all.size();
        for (int i = 0; i < all.size() && !all.get(next).hasRoom(); i++) {
            next = (next + 1) % all.size();
        }
        if (next != sending) {
            all.get(sending)
                    .append(Frame.of(FrameType.TURN, new MetaWriter().u8(next).done()));
            sending = next;
        }
        sentOfPiece = 0;
    }

    @Override
    public Optional<Frame> receiveUnless(CompletableFuture<?> event, Duration limit) {
        Optional<Frame> next = all.get(receiving).receiveUnless(event, limit);
        while (next.isPresent() && next.get().type() == FrameType.TURN) {
            turnedTo(next.get());
            next = all.get(receiving).receiveUnless(event, limit);
        }
        return next;
    }

    private void turnedTo(Frame frame) {
        MetaReader in = new MetaReader(frame.meta());
        int next = in.u8();
        in.end();
        if (next >= all.size() || next == receiving || frame.payload().hasRemaining()) {
            throw Protocol.broken("a turn to a connection that there is not");
        }
        receiving = next;
    }

    @Override
    public void pause(long nanos) {
        all.get(sending).pause(nanos);
    }

    @Override
    public void interrupt(Failure why) {
        all.forEach(channel -> channel.interrupt(why));
    }

    @Override
    public String peer() {
        return all.getFirst().peer();
    }

    @Override
    public void close() {
        all.forEach(FrameChannel::close);
    }
}
