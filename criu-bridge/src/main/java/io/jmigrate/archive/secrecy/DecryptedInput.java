package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * What a decrypting channel gives, as a stream. The channel of the library must not be read again after it has failed: it would hand
 * out what its buffer still holds.
 */
final class DecryptedInput extends InputStream {
    private final ReadableByteChannel channel;
    private boolean failed;

    DecryptedInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (failed) {
            throw new IOException("what was encrypted can't be read any further");
        }
        failed = true;
        int count = next(ByteBuffer.wrap(bytes, offset, length));
        failed = false;
        return count;
    }

    private int next(ByteBuffer target) throws IOException {
        try {
            return target.hasRemaining() ? channel.read(target) : 0;
        } catch (PayloadException | RuntimeException e) {
            throw new IOException("a piece of what was encrypted was changed, is missing or was added", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
