package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which private memory of processes an image directory names.
 *
 * @param directory the images
 * @param all by process
 * @param earlier pages files of dumps that these build on, by the numbers that they have in {@code all}
 */
public record PageIndexes(Path directory, Map<ProcessMemory, PageIndex> all, Map<Integer, Path> earlier) {
    public PageIndexes {
        all = Map.copyOf(all);
        earlier = Map.copyOf(earlier);
    }

    /** Reads all. @throws Failure PAGES_IO also if the images are damaged */
    public static PageIndexes of(Path directory) {
        Map<ProcessMemory, PageIndex> indexes = new HashMap<>();
        try {
            for (Map.Entry<ProcessMemory, Path> each :
                    PageImages.pagemaps(directory).entrySet()) {
                indexes.put(each.getKey(), read(each.getValue(), each.getKey()));
            }
            return new PageIndexes(directory, indexes, Map.of());
        } catch (IOException e) {
            throw failed(directory, IoReason.of(e)).withCause(e);
        }
    }

    static PageIndex read(Path file, ProcessMemory process) throws IOException {
        try (ImageReader reader = ImageReader.open(file, ImageKind.PAGEMAP)) {
            return PageIndex.read(reader, process);
        }
    }

    private static Failure failed(Path directory, String why) {
        return Failure.of(PageCode.PAGES_IO, "cannot read the memory in " + directory + ": " + why);
    }

    /** Where a pages file is. */
    Path file(int number) {
        return number < 0 ? earlier.get(number) : directory.resolve(PageImages.pages(number));
    }

    /** How many bytes a restore may bring later. */
    public long lazyBytes() {
        return all.values().stream().mapToLong(PageIndex::lazyBytes).sum();
    }

    /** How many bytes a lazy dump has left at the source. */
    public long absentBytes() {
        return all.values().stream().mapToLong(PageIndex::absentBytes).sum();
    }

    /** @throws Failure PAGES_IO if pages are not in the images */
    void requireContents() {
        if (absentBytes() > 0) {
            throw failed(directory, "a lazy dump has left pages at its source");
        }
    }
}
