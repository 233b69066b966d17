package io.jmigrate.archive.seekable;

import java.io.IOException;

/** Takes compressed frames in their order. */
interface FrameSink {
    /** @param contentBytes size before compression */
    void frame(byte[] compressed, int contentBytes) throws IOException;

    /** Writes what comes behind the last frame. */
    void finish() throws IOException;

    /** Frees what it writes to. */
    void close() throws IOException;
}
