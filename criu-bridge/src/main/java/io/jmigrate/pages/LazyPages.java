package io.jmigrate.pages;

import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Memory of processes that a restore may bring after they run, in any order. Safe for use by several threads.
 */
public interface LazyPages extends AutoCloseable {
    /** How many bytes {@link #lazy} names of all processes. */
    long lazyBytes();

    /**
     * What a restore leaves to be brought later, of one process.
     *
     * @return in ascending order of addresses and apart from each other
     * @throws Failure PAGES_PROTOCOL if there is no such process
     */
    List<PageRun> lazy(PageTarget.ProcessMemory process);

    /**
     * Reads pages.
     *
     * @param address of the first page
     * @param target filled to its limit, whole pages, which must all lie within those of {@link #lazy}
     * @throws Failure PAGES_PROTOCOL if some do not, PAGES_IO
     */
    void read(PageTarget.ProcessMemory process, long address, ByteBuffer target);

    /** Does nothing if it was closed before. @throws Failure PAGES_IO */
    @Override
    void close();
}
