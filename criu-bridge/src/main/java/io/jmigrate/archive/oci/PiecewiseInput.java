package io.jmigrate.archive.oci;

import java.io.IOException;
import java.io.InputStream;

/** An input that gives its bytes in pieces: a single one is a piece, too. */
public abstract class PiecewiseInput extends InputStream {
    @Override
    public final int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
