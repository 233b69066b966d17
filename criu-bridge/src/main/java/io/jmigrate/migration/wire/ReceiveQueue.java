package io.jmigrate.migration.wire;

import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has arrived at a socket and was not taken yet. It is bounded by pausing the socket, which lets the kernel's window close and so
 * slows the sender down. Guarded by its owner's lock.
 */
final class ReceiveQueue {
    private static final int BYTES_HIGH = 8 << 20;
    private static final int BYTES_LOW = 2 << 20;

    private final NetSocket socket;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int bytes;
    private boolean paused;

    ReceiveQueue(NetSocket socket) {
        this.socket = socket;
    }

    void add(Frame frame) {
        frames.add(frame);
        bytes += frame.bytes();
    }

    /** To be called when a piece of the stream has been added. */
    void pauseIfFull() {
        if (!paused && bytes > BYTES_HIGH) {
            paused = true;
            socket.pause();
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The oldest; there must be one. */
    Frame take() {
        Frame frame = frames.remove();
        bytes -= frame.bytes();
        if (paused && bytes < BYTES_LOW) {
            paused = false;
            socket.resume();
        }
        return frame;
    }
}
