package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Writes to a descriptor, which it owns, without buffering. */
public final class FdOutputStream extends OutputStream {
    private final Fd fd;

    public FdOutputStream(Fd fd) {
        this.fd = Objects.requireNonNull(fd);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        try {
            Descriptors.writeFully(fd, ByteBuffer.wrap(source, offset, length));
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
