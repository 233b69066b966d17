package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pagemap of one process after a lazy dump.
 *
 * @param file pagemap-PID.img
 * @param pid of the process in its own pid namespace, as the file's name has it
 */
record LazyPagemap(Path file, long pid, PagemapHead head, List<PagemapRun> runs) {
    private static final Pattern NAME = Pattern.compile("pagemap-(\\d{1,10})\\.img");

    /** All in an image directory that lack pages. */
    static List<LazyPagemap> lacking(Path directory) throws IOException {
        List<LazyPagemap> found = new ArrayList<>();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(directory, "pagemap-*.img")) {
            for (Path candidate : candidates) {
                Matcher name = NAME.matcher(candidate.getFileName().toString());
                if (name.matches()) {
                    found.add(read(candidate, Long.parseLong(name.group(1))));
                }
            }
        }
        found.removeIf(pagemap -> !pagemap.lacksPages());
        return found;
    }

    private static LazyPagemap read(Path file, long pid) throws IOException {
        try (ImageReader reader = ImageReader.open(file, ImageKind.PAGEMAP)) {
            PagemapHead head = reader.one(PagemapHead.parser());
            List<PagemapRun> runs = new ArrayList<>();
            for (PagemapEntry entry : reader.rest(PagemapEntry.parser())) {
                runs.add(PagemapRun.of(file.getFileName().toString(), entry));
            }
            return new LazyPagemap(file, pid, head, runs);
        }
    }

    private boolean lacksPages() {
        return runs.stream().anyMatch(PagemapRun::absent);
    }

    /** Name of the file with the pages. */
    String pagesFile() {
        return "pages-" + Integer.toUnsignedString(head.getPagesId()) + ".img";
    }

    /** The pages that are not in the pages file, by address. */
    NavigableMap<Long, PageRun> absent() {
        NavigableMap<Long, PageRun> absent = new TreeMap<>();
        ProcessMemory process = new ProcessMemory(pid);
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
        try (ImageWriter writer = new ImageWriter(
                new BufferedOutputStream(Files.newOutputStream(
                        file,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS)),
                ImageKind.PAGEMAP)) {
            writer.write(head);
            for (PagemapRun run : runs) {
                PagemapRun there = new PagemapRun(run.address(), run.pages(), PageContent.PRESENT_LAZY.flags());
                writer.write((run.absent() ? there : run).entry());
            }
        }
    }
}
