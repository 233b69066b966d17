package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.RseqArea;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages that a restore touches before the tree runs: where threads have the area of their restartable sequences (rseq(2)), which the
 * kernel reads and writes when CRIU registers it (criu/pie/restorer.c, restore_rseq). CRIU's restorer is in mappings of its own, and
 * touches no others of the tree.
 */
public final class RseqPages {
    private RseqPages() {}

    /** @param directory images of a dump @throws Failure PAGES_IO */
    public static List<PageRun> of(Path directory) {
        try {
            List<PageRun> pages = new ArrayList<>();
            for (PstreeEntry process :
                    ImageFile.read(directory.resolve("pstree.img"), ImageKind.PSTREE, PstreeEntry.parser())) {
                for (int thread : process.getThreadsList()) {
                    add(directory.resolve("core-" + thread + ".img"), new ProcessMemory(process.getPid()), pages);
                }
            }
            return pages;
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the images in " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void add(Path core, ProcessMemory process, List<PageRun> pages) throws IOException {
        if (!Files.exists(core)) {
            return; // of a process that has ended there is no more than its entry in the tree
        }
        for (CoreEntry entry : ImageFile.read(core, ImageKind.CORE, CoreEntry.parser())) {
            RseqArea area = entry.getThreadCore().getRseq();
            if (area.getAddress() != 0) {
                long first = area.getAddress() & -PageRun.PAGE_BYTES;
                long last = area.getAddress() + Math.max(1, area.getBytes()) - 1 & -PageRun.PAGE_BYTES;
                for (long at = first; at <= last; at += PageRun.PAGE_BYTES) {
                    pages.add(new PageRun(process, at, 1, PageContent.PRESENT_LAZY));
                }
            }
        }
    }
}
