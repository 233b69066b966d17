package io.jmigrate.pages;

/**
 * What a dump's memory amounted to.
 *
 * @param targets processes and shared segments
 * @param pages pages that came with their bytes
 * @param absentPages pages that came without
 */
public record PageTotals(long targets, long pages, long absentPages) {
    public static final PageTotals NONE = new PageTotals(0, 0, 0);

    /** Bytes of memory carried. */
    public long bytes() {
        return pages * PageRun.PAGE_BYTES;
    }

    public PageTotals plusTarget() {
        return new PageTotals(targets + 1, pages, absentPages);
    }

    public PageTotals plus(PageRun run) {
        return run.content().present()
                ? new PageTotals(targets, pages + run.pages(), absentPages)
                : new PageTotals(targets, pages, absentPages + run.pages());
    }
}
