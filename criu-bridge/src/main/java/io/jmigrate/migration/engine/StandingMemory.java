package io.jmigrate.migration.engine;

import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;

/** The memory of a container that stands still. Every method throws {@code Failure}. */
public interface StandingMemory extends AutoCloseable {
    /** Fills the buffer with what the process has from that address on. */
    void read(PageTarget process, long address, ByteBuffer into);

    @Override
    void close();
}
