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
    private static final int BYTES_HIGH = 4 << 20;
    private static final int BYTES_LOW = 1 << 20;

    private final NetSocketInternal socket;
    private final Payloads payloads;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Optional<Frame> taken = Optional.empty();
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
        if (!paused && bytes > BYTES_HIGH) {
            paused = true;
            socket.pause();
        }
    }

    private static int room(Frame frame) {
        return Frame.HEADER_BYTES + frame.meta().length + frame.payload().capacity();
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
        if (paused && bytes < BYTES_LOW) {
            paused = false;
            socket.channelHandlerContext().executor().execute(socket::resume);
        }
        return frame;
    }
}
