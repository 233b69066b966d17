package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.io.OutputStream;

/** Frames one behind the other, and nothing else. */
record PlainFrames(OutputStream out) implements FrameSink {
    @Override
    public byte[] digest(byte[] compressed) {
        return new byte[0];
    }

    @Override
    public void frame(byte[] compressed, byte[] digest, int contentBytes) throws IOException {
        out.write(compressed);
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
