package io.jmigrate.migration.wire;

import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What has arrived at a socket and was not taken yet. It is bounded by pausing the socket, which lets the kernel's window close and so
 * slows the sender down. Guarded by its owner's lock.
 */
final class ReceiveQueue {
    /** Of messages. Whoever is to send more has a place with a migration by then. */
    private static final int MESSAGES_BYTES = 64 << 10;

    private static final int DATA_BYTES = 4 << 20;
    /** It goes on when so small a part is left. */
    private static final int LOW_PART = 4;
    /** Objects that a frame consists of, besides its bytes. */
    private static final int FRAME_BYTES = 160;

    private final NetSocketInternal socket;
    private final Payloads payloads;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Optional<Frame> taken = Optional.empty();
    private int bytesHigh = MESSAGES_BYTES;
    private int bytes;
    private boolean paused;

    /** @param payloads gets those back that were looked at */
    ReceiveQueue(NetSocketInternal socket, Payloads payloads) {
        this.socket = socket;
        this.payloads = payloads;
    }

    /** To be called on the socket's event loop. */
    void add(Frame frame) {
        frames.add(frame);
        bytes += room(frame);
        if (!paused && bytes > bytesHigh) {
            paused = true;
            socket.pause();
        }
    }

    private static int room(Frame frame) {
        return FRAME_BYTES + frame.meta().length + frame.payload().capacity();
    }

    /** From now on more may wait. */
    void expectData() {
        bytesHigh = DATA_BYTES;
        goOn();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The oldest; there must be one. The one that was taken before is over. */
    Frame take() {
        taken.ifPresent(over -> payloads.give(over.payload()));
        Frame frame = frames.remove();
        taken = Optional.of(frame);
        bytes -= room(frame);
        goOn();
        return frame;
    }

    private void goOn() {
        if (paused && bytes < bytesHigh / LOW_PART) {
            paused = false;
            socket.channelHandlerContext().executor().execute(socket::resume);
        }
    }
}
