package io.jmigrate.pages.track;

import io.jmigrate.pages.live.AddressRange;
import io.jmigrate.pages.live.ProcessPages;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.PagemapScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Goes over the pages of a process once. */
final class Walk {
    private final ProcessPages pages;
    private final PagemapScan scan;
    private final ToLongFunction<AddressRange> taker;
    private long bytes;

    /** @param taker is told of runs of pages that are as asked for; says how many bytes it has taken */
    Walk(ProcessPages pages, PagemapScan scan, ToLongFunction<AddressRange> taker) {
        this.pages = pages;
        this.scan = scan;
        this.taker = taker;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Goes over a range.
     *
     * @return where it stopped because not all is registered there: of that nothing was told, and some pages may count as not written now
     */
    Optional<AddressRange> over(AddressRange range, PagemapScan.Choice choice) {
        List<AddressRange> found = new ArrayList<>();
        long from = range.start();
        while (from < range.end()) {
            try {
                from = scan.step(from, range.end(), choice, (start, end) -> found.add(new AddressRange(start, end)));
            } catch (LinuxException e) {
                if (!e.errno().equals(Errno.EPERM)) {
                    throw e;
                }
                return Optional.of(new AddressRange(from, range.end()));
            }
            found.forEach(this::take);
            found.clear();
        }
        return Optional.empty();
    }

    /** Goes over all pages of its own, without a scan. */
    void own(AddressRange range) {
        pages.own(range, this::take);
    }

    private void take(AddressRange run) {
        bytes += taker.applyAsLong(run);
    }
}
