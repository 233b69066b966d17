package io.jmigrate.pages.frozen;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.SharedMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a dump says of memory that processes share (criu/shmem.c, do_dump_one_shmem). Its pages are in a file, one behind the other.
 *
 * @param memory as the file's name has it
 * @param pagesId N of the file pages-N.img with the pages, an unsigned number
 * @param runs in ascending order and apart from each other; addresses are offsets in the memory
 */
public record SharedPagemap(SharedMemory memory, int pagesId, List<PageRun> runs) {
    public SharedPagemap {
        runs = List.copyOf(runs);
    }

    /** All in an image directory, which may come from elsewhere. @throws ImageException if one can't be what a dump has written */
    public static List<SharedPagemap> in(Path directory) throws IOException {
        List<SharedPagemap> found = new ArrayList<>();
        for (Map.Entry<SharedMemory, Path> each :
                PageImages.sharedPagemaps(directory).entrySet()) {
            found.add(read(each.getKey(), each.getValue()));
        }
        return found;
    }

    private static SharedPagemap read(SharedMemory memory, Path file) throws IOException {
        String name = file.getFileName().toString();
        try (ImageReader reader = ImageReader.open(file, ImageKind.PAGEMAP)) {
            int pagesId = reader.one(PagemapHead.parser()).getPagesId();
            List<PageRun> runs = new ArrayList<>();
            long end = 0;
            for (Optional<PagemapEntry> entry = reader.next(PagemapEntry.parser());
                    entry.isPresent();
                    entry = reader.next(PagemapEntry.parser())) {
                PagemapRun run = PagemapRun.of(name, entry.get());
                if (run.address() < end || !run.present()) {
                    throw new ImageException(name + " has an entry that no dump of shared memory has");
                }
                runs.add(page(memory, name, run));
                end = runs.getLast().end();
            }
            return new SharedPagemap(memory, pagesId, runs);
        }
    }

    private static PageRun page(SharedMemory memory, String name, PagemapRun run) throws ImageException {
        try {
            return new PageRun(memory, run.address(), run.pages(), PageContent.PRESENT);
        } catch (IllegalArgumentException e) {
            throw new ImageException(name + ": " + e.getMessage());
        }
    }

    /** Name of the file with the pages. */
    public String pagesFile() {
        return PageImages.pages(pagesId);
    }

    /** Size of the file with the pages. */
    public long bytes() {
        return runs.stream().mapToLong(PageRun::bytes).sum();
    }

    /**
     * Writes the image anew if its pages are in another order in the file with the pages.
     *
     * @param directory of the images
     * @param order the same pages, in the order of the file
     */
    public void rewrite(Path directory, List<PageRun> order) throws IOException {
        if (joined(runs).equals(joined(order))) {
            return;
        }
        Path file = directory.resolve(PageImages.pagemap(memory));
        try (ImageWriter writer = ImageWriter.over(file, ImageKind.PAGEMAP)) {
            writer.write(PagemapHead.newBuilder().setPagesId(pagesId).build());
            for (PageRun run : order) {
                writer.write(new PagemapRun(run.address(), run.pages(), PagemapRun.PRESENT).entry());
            }
        }
    }

    private static List<PageRun> joined(List<PageRun> runs) {
        List<PageRun> joined = new ArrayList<>();
        for (PageRun run : runs) {
            boolean goesOn = !joined.isEmpty() && joined.getLast().continuesWith(run);
            joined.add(goesOn ? joined.removeLast().join(run) : run);
        }
        return joined;
    }
}
