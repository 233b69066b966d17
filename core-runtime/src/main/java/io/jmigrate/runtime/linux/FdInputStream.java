package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads from a descriptor, which it owns. */
public final class FdInputStream extends InputStream {
    private final Fd fd;

    public FdInputStream(Fd fd) {
        this.fd = Objects.requireNonNull(fd);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        try {
            int bytes = Descriptors.read(fd, ByteBuffer.wrap(target, offset, length));
            return bytes == 0 ? -1 : bytes;
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            fd.close();
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
