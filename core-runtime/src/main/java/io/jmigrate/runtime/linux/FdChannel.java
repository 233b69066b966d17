package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;

/** A descriptor, which it owns, as a channel. Direct buffers go to the kernel without a copy. */
public final class FdChannel implements ByteChannel {
    private final Fd fd;

    public FdChannel(Fd fd) {
        this.fd = Objects.requireNonNull(fd);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (!target.hasRemaining()) {
            return 0;
        }
        try {
            int bytes = Descriptors.read(fd, target);
            return bytes == 0 ? -1 : bytes;
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        int before = source.position();
        try {
            Descriptors.writeFully(fd, source);
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
        return source.position() - before;
    }

    @Override
    public boolean isOpen() {
        return fd.isOpen();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
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
