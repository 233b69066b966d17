package io.jmigrate.cli.verb;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * The caller's standard streams as the two ends of a pipe whose other end may stall, while a container waits: a command that is told
 * to give up does so then, too. Closing these streams leaves the descriptors open.
 */
final class CallerPipe {
    /** How long a signal may go unnoticed. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** A pipe that can be written takes that many bytes without waiting (PIPE_BUF, pipe(7)). */
    private static final int ATOMIC_BYTES = 4096;

    private CallerPipe() {}

    /** What comes from the descriptor. Throws what the cancellation throws. */
    static InputStream in(Fd fd, Cancellation cancellation) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                try {
                    while (!Readiness.readable(fd, PATIENCE)) {
                        cancellation.check();
                    }
                    int bytes = Descriptors.read(fd, ByteBuffer.wrap(target, offset, length));
                    return bytes == 0 && length > 0 ? -1 : bytes;
                } catch (LinuxException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    /** What goes to the descriptor. Throws what the cancellation throws. */
    static OutputStream out(Fd fd, Cancellation cancellation) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                try {
                    for (int done = 0; done < length; done += ATOMIC_BYTES) {
                        while (!Readiness.writable(fd, PATIENCE)) {
                            cancellation.check();
                        }
                        int count = Math.min(ATOMIC_BYTES, length - done);
                        Descriptors.writeFully(fd, ByteBuffer.wrap(source, offset + done, count));
                    }
                } catch (LinuxException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }
}
