package io.jmigrate.pages;

import java.util.Objects;

/**
 * Memory that a process's forked children don't get, but zeros in its place (madvise(2), MADV_WIPEONFORK).
 *
 * @param process whose it is
 * @param start address of its first byte, of a page
 * @param end address behind its last byte, of a page
 */
public record WipedRange(PageTarget.ProcessMemory process, long start, long end) {
    public WipedRange {
        Objects.requireNonNull(process);
        if (start >= end) {
            throw new IllegalArgumentException(
                    "not a range: 0x" + Long.toHexString(start) + "-0x" + Long.toHexString(end));
        }
    }
}
