package io.jmigrate.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A stream as a channel, in pieces of a size that suits pipes. Closing it flushes the stream and leaves it open. For one thread. */
final class StreamChannel implements WritableByteChannel {
    private static final int PIECE_BYTES = 64 << 10;

    private final OutputStream out;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long bytes;
    private boolean open = true;

    StreamChannel(OutputStream out) {
        this.out = out;
    }

    /** Takes all of it. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        while (source.hasRemaining()) {
            int count = Math.min(piece.length, source.remaining());
            source.get(piece, 0, count);
            out.write(piece, 0, count);
        }
        bytes += length;
        return length;
    }

    /** How many were written. */
    long bytes() {
        return bytes;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        out.flush();
    }
}
