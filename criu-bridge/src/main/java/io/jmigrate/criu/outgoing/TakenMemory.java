package io.jmigrate.criu.outgoing;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.DumpFigures;
import io.jmigrate.criu.image.entry.Statistics;
import io.jmigrate.pages.PageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory that was taken from a tree which stood still.
 *
 * @param bytes how much
 * @param nanos how long that took
 */
public record TakenMemory(long bytes, long nanos) {
    private static final String FILE = "stats-dump";

    /**
     * Says so in CRIU's statistics, which it writes anew: as CRIU believed that it served the pages, it began to count again at its end
     * (criu/page-xfer.c, cr_page_server), and tells of a tree that was frozen since the host was started.
     *
     * @param directory that has CRIU's; if they can't be written, it has none afterwards
     * @param frozenNanos how long the tree stood still
     */
    public void tell(Path directory, long frozenNanos) {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            tell(frozenNanos, file);
        }
    }

    private void tell(long frozenNanos, Path file) {
        Statistics statistics =
                Statistics.newBuilder().setDump(figures(frozenNanos)).build();
        try {
            ImageFile.replace(file, ImageKind.STATISTICS, List.of(statistics));
        } catch (IOException e) {
            remove(file);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a complete dump is not given up for figures about it
        }
    }

    private DumpFigures figures(long frozenNanos) {
        long pages = bytes / PageRun.PAGE_BYTES;
        return DumpFigures.newBuilder()
                .setFreezingTime(0)
                .setFrozenTime(micros(frozenNanos))
                .setMemdumpTime(micros(nanos))
                .setMemwriteTime(0)
                .setPagesScanned(pages)
                .setPagesSkippedParent(0)
                .setPagesWritten(pages)
                .setPagesLazy(0)
                .build();
    }

    private static int micros(long nanos) {
        return (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
    }
}
