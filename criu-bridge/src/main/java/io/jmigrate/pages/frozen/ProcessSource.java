package io.jmigrate.pages.frozen;

import java.nio.ByteBuffer;

/** The memory of one process, by address. Read by any number of threads at once. */
public interface ProcessSource extends AutoCloseable {
    /** Fills the buffer from that address on. @throws io.jmigrate.runtime.failure.Failure PAGES_IO, or that there is none */
    void read(long address, ByteBuffer into);

    @Override
    void close();
}
