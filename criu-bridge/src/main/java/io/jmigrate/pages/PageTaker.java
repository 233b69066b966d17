package io.jmigrate.pages;

import java.nio.ByteBuffer;

/** Takes pages of processes in any order; what comes later for a page takes the place of what came before. */
@FunctionalInterface
public interface PageTaker {
    /**
     * Takes pages with their bytes.
     *
     * @param run at most {@link PageSink#DATA_BYTES_MAX} bytes
     * @param data exactly {@code run.bytes()} remaining bytes, consumed; the caller uses the memory again at once
     * @throws io.jmigrate.runtime.failure.Failure if they can't be taken
     */
    void pages(PageRun run, ByteBuffer data);

    /** Whether nothing more need be read for it. */
    default boolean enough() {
        return false;
    }

    /** The process has ended: what came of it is of no use. */
    default void ended(PageTarget process) {}
}
