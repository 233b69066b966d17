package io.jmigrate.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Guards the library that parses tar headers. It collects extended headers and long names in memory without a bound, takes the
 * end of the stream for the end of the archive, and doesn't look behind the end; this stream bounds the first and notices the
 * others.
 *
 * <p>While a header is expected, no more than {@link #HEADER_BYTES_MAX} may be read, and nothing may follow a block of zeros,
 * which is what ends a tar: within headers no such block occurs. The padding of the content before it doesn't count.
 */
final class TarSource extends FilterInputStream {
    private static final int HEADER_BYTES_MAX = 1 << 20;
    private static final int BLOCK_BYTES = 512;

    private boolean inHeader;
    private long position;
    private long headerStart;
    private long zeros;

    TarSource(InputStream in) {
        super(in);
    }

    /** The next reads are for a header or for the end of the archive. */
    void expectHeader() {
        inHeader = true;
        headerStart = Math.ceilDiv(position, BLOCK_BYTES) * BLOCK_BYTES;
        zeros = 0;
    }

    /** The next reads are for the content of a member. */
    void expectContent() {
        inHeader = false;
    }

    /** Reads what is left behind the end of the archive and checks that there was one, and nothing more. */
    void finish() throws IOException {
        byte[] rest = new byte[64 << 10];
        for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
            countZeros(rest, 0, count);
        }
        if (zeros < BLOCK_BYTES) {
            throw new IOException("it ends too early");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            account(bytes, offset, count);
        }
        return count;
    }

    private void account(byte[] bytes, int offset, int count) throws IOException {
        position += count;
        if (!inHeader) {
            return;
        }
        if (position - headerStart > HEADER_BYTES_MAX) {
            throw new IOException("a header is longer than " + HEADER_BYTES_MAX + " bytes");
        }
        int ofHeader = Math.clamp(position - headerStart, 0, count);
        countZeros(bytes, offset + count - ofHeader, ofHeader);
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[Math.clamp(bytes, 0, 8192)];
        return Math.max(read(skipped, 0, skipped.length), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void countZeros(byte[] bytes, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == 0) {
                zeros++;
            } else if (zeros >= BLOCK_BYTES) {
                throw new IOException("something follows its end");
            } else {
                zeros = 0;
            }
        }
    }
}
