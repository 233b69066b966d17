package io.jmigrate.archive.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** What goes to another machine: tells how much of it was taken. */
final class SentInput extends FilterInputStream {
    private final LongConsumer sent;
    private long bytes;

    SentInput(InputStream in, LongConsumer sent) {
        super(in);
        this.sent = sent;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int more) {
        bytes += more;
        sent.accept(bytes);
    }
}
