package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes compressed frames in their order. */
interface FrameSink {
    /** What is noted of a frame, computed before its turn comes: by any thread. Consumes nothing. */
    byte[] digest(ByteBuffer compressed);

    /**
     * Takes the next frame.
     *
     * @param compressed all that remains in it is written
     * @param digest what {@link #digest} has made of it
     * @param contentBytes size before compression
     */
    void frame(ByteBuffer compressed, byte[] digest, int contentBytes) throws IOException;

    /** Writes what comes behind the last frame. */
    void finish() throws IOException;

    /** Frees what it writes to. */
    void close() throws IOException;
}
