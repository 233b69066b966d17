package io.jmigrate.pages.server;

import io.jmigrate.pages.PageSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads a byte stream in pieces of a wanted size out of one direct buffer, with as few reads and copies as possible: pieces are
 * windows onto the buffer, and what is left over moves to its front only when the space behind it runs out.
 */
final class PageInput {
    private final ReadableByteChannel source;
    private final ByteBuffer buffer;

    /** @param bytes as many as are taken at a time, or more */
    PageInput(ReadableByteChannel source, int bytes) {
        this.source = source;
        this.buffer = ByteBuffer.allocateDirect(bytes).flip();
    }

    /**
     * Blocks until {@code bytes} are there. The result is valid until the next call.
     *
     * @return a window of {@code bytes}, at most {@link PageSink#DATA_BYTES_MAX}; fewer bytes than that only when the stream has
     *     ended
     */
    ByteBuffer take(int bytes) throws IOException {
        makeRoom(bytes);
        while (buffer.remaining() < bytes && fill()) {
            // each round adds what one read brings
        }
        int taken = Math.min(bytes, buffer.remaining());
        ByteBuffer piece = buffer.slice(buffer.position(), taken);
        buffer.position(buffer.position() + taken);
        return piece;
    }

    private void makeRoom(int bytes) {
        if (!buffer.hasRemaining() || buffer.capacity() - buffer.position() < bytes) {
            buffer.compact().flip();
        }
    }

    private boolean fill() throws IOException {
        int start = buffer.position();
        int end = buffer.limit();
        buffer.limit(buffer.capacity()).position(end);
        try {
            return source.read(buffer) > 0;
        } finally {
            buffer.limit(buffer.position()).position(start);
        }
    }
}
