package io.jmigrate.pages;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The memory in an image directory, page by page. */
public final class Memory {
    private Memory() {}

    /** A page's place ("pagemap-1.img 0x7f…") and a hash of its flags and bytes. */
    public static Map<String, Integer> pages(Path images) throws IOException {
        Map<String, Integer> pages = new TreeMap<>();
        try (DirectoryStream<Path> maps = Files.newDirectoryStream(images, "pagemap-*.img")) {
            for (Path map : maps) {
                read(images, map, pages);
            }
        }
        return pages;
    }

    private static void read(Path images, Path map, Map<String, Integer> pages) throws IOException {
        try (ImageReader reader = ImageReader.open(map, ImageKind.PAGEMAP)) {
            int id = reader.one(PagemapHead.parser()).getPagesId();
            try (RandomAccessFile bytes =
                    new RandomAccessFile(images.resolve("pages-" + id + ".img").toFile(), "r")) {
                for (Optional<PagemapEntry> entry = reader.next(PagemapEntry.parser());
                        entry.isPresent();
                        entry = reader.next(PagemapEntry.parser())) {
                    read(map.getFileName().toString(), entry.get(), bytes, pages);
                }
            }
        }
    }

    private static void read(String map, PagemapEntry entry, RandomAccessFile bytes, Map<String, Integer> pages)
            throws IOException {
        byte[] page = new byte[PageRun.PAGE_BYTES];
        for (long i = 0; i < entry.getNrPages(); i++) {
            bytes.readFully(page);
            long address = entry.getVaddr() + i * PageRun.PAGE_BYTES;
            pages.put(map + " 0x" + Long.toHexString(address), 31 * Arrays.hashCode(page) + entry.getFlags());
        }
    }
}
