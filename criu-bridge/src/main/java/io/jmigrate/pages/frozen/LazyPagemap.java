package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
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
record LazyPagemap(Path file, long pid, PagemapHead head, List<PagemapEntry> entries) {
    private static final int PRESENT = PageContent.PRESENT.flags();
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
            return new LazyPagemap(file, pid, reader.one(PagemapHead.parser()), reader.rest(PagemapEntry.parser()));
        }
    }

    private boolean lacksPages() {
        return entries.stream().anyMatch(LazyPagemap::isAbsent);
    }

    private static boolean isAbsent(PagemapEntry entry) {
        return entry.getFlags() == PageContent.ABSENT_LAZY.flags();
    }

    /** Name of the file with the pages. */
    String pagesFile() {
        return "pages-" + Integer.toUnsignedString(head.getPagesId()) + ".img";
    }

    /** The pages that are not in the pages file, by address. */
    NavigableMap<Long, PageRun> absent() {
        NavigableMap<Long, PageRun> runs = new TreeMap<>();
        ProcessMemory process = new ProcessMemory(pid);
        for (PagemapEntry entry : entries) {
            if (isAbsent(entry)) {
                PageRun run = new PageRun(process, entry.getVaddr(), pages(entry), PageContent.ABSENT_LAZY);
                Map.Entry<Long, PageRun> last = runs.lastEntry();
                if (last != null && last.getValue().continuesWith(run)) {
                    runs.put(last.getKey(), last.getValue().join(run));
                } else {
                    runs.put(run.address(), run);
                }
            }
        }
        return runs;
    }

    private static long pages(PagemapEntry entry) {
        return entry.hasNrPages() ? entry.getNrPages() : entry.getCompatNrPages();
    }

    /** The pages file as it is to be, from front to back. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        long written = 0;
        for (PagemapEntry entry : entries) {
            long bytes = pages(entry) * PageRun.PAGE_BYTES;
            if (isAbsent(entry)) {
                add(pieces, new Piece.InProcess(entry.getVaddr(), bytes));
            } else if ((entry.getFlags() & PRESENT) != 0) {
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
            for (PagemapEntry entry : entries) {
                writer.write(
                        isAbsent(entry)
                                ? entry.toBuilder()
                                        .setFlags(PageContent.PRESENT_LAZY.flags())
                                        .build()
                                : entry);
            }
        }
    }
}
