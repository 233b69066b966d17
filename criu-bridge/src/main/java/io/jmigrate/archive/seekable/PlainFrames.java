package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Frames one behind the other, and nothing else. */
record PlainFrames(WritableByteChannel out) implements FrameSink {
    @Override
    public byte[] digest(ByteBuffer compressed) {
        return new byte[0];
    }

    @Override
    public void frame(ByteBuffer compressed, byte[] digest, int contentBytes) throws IOException {
        Whole.write(out, compressed);
    }

    @Override
    public void finish() {
        // a reader sees the end of the file
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
