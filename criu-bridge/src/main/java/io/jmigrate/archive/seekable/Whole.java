package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Reads all that a buffer has room for, and writes all that remains in one. */
public final class Whole {
    private Whole() {}

    /** @throws DamagedException if the file ends before */
    static void read(FileChannel file, long place, ByteBuffer into) throws IOException {
        long at = place;
        while (into.hasRemaining()) {
            int count = file.read(into, at);
            if (count < 0) {
                throw new DamagedException("it ends too early, at byte " + at);
            }
            at += count;
        }
    }

    /** @param out may take less of it at a time */
    public static void write(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
