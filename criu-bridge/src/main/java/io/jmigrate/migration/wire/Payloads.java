package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory for the payloads of frames. Large ones lie outside of the heap, where the kernel takes them from, and are used again and again,
 * since to make one costs more than to fill it.
 */
final class Payloads {
    /** What is not longer gets memory of its own size. */
    static final int SMALL_BYTES = 64 << 10;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    /** Of so many bytes or more, empty. */
    ByteBuffer take(int bytes) {
        if (bytes <= SMALL_BYTES) {
            return ByteBuffer.allocate(bytes);
        }
        ByteBuffer again = again();
        return again == null ? ByteBuffer.allocateDirect(Frame.PAYLOAD_BYTES_MAX) : again.clear();
    }

    private synchronized ByteBuffer again() {
        return free.poll();
    }

    /** Nobody looks at it any more. @param buffer from {@link #take} */
    synchronized void give(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            free.push(buffer);
        }
    }
}
