package io.jmigrate.criu.inspect;

/**
 * How a dump went, as CRIU counted.
 *
 * @param freezingMicros until all processes were frozen
 * @param frozenMicros how long they were frozen
 * @param memoryDumpMicros for finding and taking pages
 * @param memoryWriteMicros for writing them
 * @param pagesScanned pages looked at
 * @param pagesInParent pages that an earlier dump has
 * @param pagesWritten pages written
 * @param pagesLazy pages left to be fetched by need
 */
public record DumpStatistics(
        long freezingMicros,
        long frozenMicros,
        long memoryDumpMicros,
        long memoryWriteMicros,
        long pagesScanned,
        long pagesInParent,
        long pagesWritten,
        long pagesLazy) {}
