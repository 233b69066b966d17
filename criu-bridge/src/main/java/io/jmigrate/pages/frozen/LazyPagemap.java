package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pagemap of one process after a lazy dump.
 *
 * @param file pagemap-PID.img
 * @param process as the file's name has it
 */
record LazyPagemap(Path file, ProcessMemory process, PagemapHead head, List<PagemapRun> runs) {
    /** All in an image directory that lack pages. */
    static List<LazyPagemap> lacking(Path directory) throws IOException {
        List<LazyPagemap> found = new ArrayList<>();
        for (Map.Entry<ProcessMemory, Path> each :
                PageImages.pagemaps(directory).entrySet()) {
            found.add(read(each.getValue(), each.getKey()));
        }
        found.removeIf(pagemap -> !pagemap.lacksPages());
        return found;
    }

    private static LazyPagemap read(Path file, ProcessMemory process) throws IOException {
        try (ImageReader reader = ImageReader.open(file, ImageKind.PAGEMAP)) {
            PagemapHead head = reader.one(PagemapHead.parser());
            List<PagemapRun> runs = new ArrayList<>();
            for (PagemapEntry entry : reader.rest(PagemapEntry.parser())) {
                runs.add(PagemapRun.of(file.getFileName().toString(), entry));
            }
            return new LazyPagemap(file, process, head, runs);
        }
    }

    private boolean lacksPages() {
        return runs.stream().anyMatch(PagemapRun::absent);
    }

    /** Name of the file with the pages. */
    String pagesFile() {
        return PageImages.pages(head.getPagesId());
    }

    /** The pages that are not in the pages file, by address. */
    NavigableMap<Long, PageRun> absent() {
        NavigableMap<Long, PageRun> absent = new TreeMap<>();
        for (PagemapRun each : runs) {
            if (each.absent()) {
                PageRun run = new PageRun(process, each.address(), each.pages(), PageContent.ABSENT_LAZY);
                Map.Entry<Long, PageRun> last = absent.lastEntry();
                if (last != null && last.getValue().continuesWith(run)) {
                    absent.put(last.getKey(), last.getValue().join(run));
                } else {
                    absent.put(run.address(), run);
                }
            }
        }
        return absent;
    }

    /** The pages file as it is to be, from front to back. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        long written = 0;
        for (PagemapRun run : runs) {
            long bytes = run.pages() * PageRun.PAGE_BYTES;
            if (run.absent()) {
                add(pieces, new Piece.InProcess(run.address(), bytes));
            } else if (run.present()) {
                add(pieces, new Piece.Written(written, bytes));
                written += bytes;
            }
        }
        return pieces;
    }

    private static void add(List<Piece> pieces, Piece next) {
        Optional<Piece> joined =
                pieces.isEmpty() ? Optional.empty() : pieces.getLast().joined(next);
        joined.ifPresentOrElse(piece -> pieces.set(pieces.size() - 1, piece), () -> pieces.add(next));
    }

    /** Writes the file anew: no page is absent any more. */
    void complete() throws IOException {
        try (ImageWriter writer = ImageWriter.over(file, ImageKind.PAGEMAP)) {
            writer.write(head);
            for (PagemapRun run : runs) {
                PagemapRun there = new PagemapRun(run.address(), run.pages(), PageContent.PRESENT_LAZY.flags());
                writer.write((run.absent() ? there : run).entry());
            }
        }
    }
}
