package io.jmigrate.pages;

import java.util.Objects;

/**
 * Consecutive pages of one target with the same kind of content.
 *
 * @param target whose pages they are
 * @param address virtual address of the first page, a multiple of {@link #PAGE_BYTES}, in user space
 *     (for shared memory: offset within the segment)
 * @param pages how many, at least one
 * @param content what is known of them
 */
public record PageRun(PageTarget target, long address, long pages, PageContent content) {
    /** Bytes of a page on x86-64 and on arm64 as distributions configure it. */
    public static final int PAGE_BYTES = 4096;
    /** User space ends below this address: 57 bits with five-level page tables. */
    public static final long ADDRESS_LIMIT = 1L << 57;

    public PageRun {
        Objects.requireNonNull(target);
        Objects.requireNonNull(content);
        if (address < 0 || address >= ADDRESS_LIMIT || address % PAGE_BYTES != 0) {
            throw new IllegalArgumentException("not the address of a page: 0x" + Long.toHexString(address));
        }
        if (pages < 1 || pages > (ADDRESS_LIMIT - address) / PAGE_BYTES) {
            throw new IllegalArgumentException("page count out of range: " + pages);
        }
    }

    /** Size of the pages in bytes. */
    public long bytes() {
        return pages * PAGE_BYTES;
    }

    /** First address behind the run. */
    public long end() {
        return address + bytes();
    }

    /** Some of its pages. @param from address of the first one @param length in bytes */
    public PageRun part(long from, long length) {
        return new PageRun(target, from, length / PAGE_BYTES, content);
    }

    /** Whether {@code next} goes on where this run ends and is of the same target and content. */
    public boolean continuesWith(PageRun next) {
        return end() == next.address && content == next.content && target.equals(next.target);
    }

    /** This run and one that continues it as one. */
    public PageRun join(PageRun next) {
        if (!continuesWith(next)) {
            throw new IllegalArgumentException(next + " does not continue " + this);
        }
        return new PageRun(target, address, pages + next.pages, content);
    }
}
