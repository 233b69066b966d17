package io.jmigrate.pages.live;

import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.PagemapScan;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells which pages a process has for itself: anonymous memory, and pages of files that it has changed. */
sealed interface OwnPages extends AutoCloseable permits Pagemap, OwnPages.Scanned {
    /**
     * Tells of a range.
     *
     * @param runs gets ranges without a gap, in ascending order
     * @throws io.jmigrate.runtime.linux.LinuxException ESRCH if the process has ended
     */
    void in(AddressRange range, Consumer<AddressRange> runs);

    @Override
    void close();

    /**
     * Asks the kernel for them, where it can be asked: who only reads a word about each page reads two GiB about a TiB that is merely reserved.
     *
     * @throws io.jmigrate.runtime.linux.LinuxException ENOENT if the process has ended
     */
    static OwnPages of(int pid) {
        return Probe.SCANS ? new Scanned(PagemapScan.of(Path.of("/proc/" + pid + "/pagemap"))) : new Pagemap(pid);
    }

    /** Asked once. */
    final class Probe {
        private static final boolean SCANS = KernelProbe.pagemapScan();

        private Probe() {}
    }

    /** Found by the kernel (Linux 6.7). */
    record Scanned(PagemapScan scan) implements OwnPages {
        @Override
        public void in(AddressRange range, Consumer<AddressRange> runs) {
            long from = range.start();
            while (from < range.end()) {
                from = scan.step(
                        from,
                        range.end(),
                        PagemapScan.Choice.OWN,
                        (start, end) -> runs.accept(new AddressRange(start, end)));
            }
        }

        @Override
        public void close() {
            scan.close();
        }
    }
}
