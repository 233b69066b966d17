package io.jmigrate.pages.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Writes to a page connection.
 *
 * @param target blocking; closed by the caller
 */
record PageOutput(WritableByteChannel target) {
    /** Sends all that remains in the buffer. */
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    /** Sends an int, as the host orders its bytes. */
    void send(int value) throws IOException {
        send(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .flip());
    }
}
