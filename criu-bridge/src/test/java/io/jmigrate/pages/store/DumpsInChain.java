package io.jmigrate.pages.store;

import com.google.protobuf.MessageLite;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Divides the memory of a complete dump among three, each of which builds on the one before, as incremental dumps leave it of a program
 * that writes to some of its memory between them. This kernel may not be able to make such dumps.
 */
public final class DumpsInChain {
    private static final int DUMPS = 3;

    private DumpsInChain() {}

    /**
     * Makes the chain.
     *
     * @param images a complete dump; becomes the last of the chain
     * @param earlier gets the directories of the others
     */
    public static void divide(Path images, Path earlier) throws IOException {
        List<Path> directories = List.of(
                Files.createDirectories(earlier.resolve("first")),
                Files.createDirectories(earlier.resolve("second")),
                images);
        for (Path pagemap : pagemaps(images)) {
            Memory memory = Memory.read(images, pagemap);
            for (int dump = 0; dump < DUMPS; dump++) {
                memory.write(directories.get(dump), pagemap.getFileName(), dump);
            }
        }
        Files.createSymbolicLink(directories.get(1).resolve("parent"), Path.of("../first")); // as CRIU wants it
        Files.createSymbolicLink(
                images.resolve("parent"),
                images.toRealPath().relativize(directories.get(1).toRealPath()));
    }

    private static List<Path> pagemaps(Path images) throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            return files.filter(file -> file.getFileName().toString().matches("pagemap-\\d+\\.img"))
                    .toList();
        }
    }

    /** A pagemap, divided into short runs, and the bytes that it names. */
    private record Memory(PagemapHead head, List<PagemapEntry> entries, byte[] bytes) {
        private static final int PAGES = 48;

        static Memory read(Path images, Path pagemap) throws IOException {
            try (ImageReader reader = ImageReader.open(pagemap, ImageKind.PAGEMAP)) {
                PagemapHead head = reader.one(PagemapHead.parser());
                List<PagemapEntry> entries = new ArrayList<>();
                reader.rest(PagemapEntry.parser()).forEach(entry -> divide(entry, entries));
                return new Memory(head, entries, Files.readAllBytes(images.resolve(pages(head))));
            }
        }

        private static void divide(PagemapEntry entry, List<PagemapEntry> entries) {
            for (long at = 0; at < entry.getNrPages(); at += PAGES) {
                long count = Math.min(PAGES, entry.getNrPages() - at);
                entries.add(entry.toBuilder()
                        .setVaddr(entry.getVaddr() + at * PageRun.PAGE_BYTES)
                        .setNrPages(count)
                        .setCompatNrPages((int) count)
                        .build());
            }
        }

        private static String pages(PagemapHead head) {
            return "pages-" + head.getPagesId() + ".img";
        }

        /** The first dump has all, though not as it is at the end; each later one what was written after the one before. */
        void write(Path directory, Path name, int dump) throws IOException {
            List<MessageLite> image = new ArrayList<>(List.of(head));
            ByteArrayOutputStream stored = new ByteArrayOutputStream();
            int offset = 0;
            for (int i = 0; i < entries.size(); i++) {
                PagemapEntry entry = entries.get(i);
                int length = (int) entry.getNrPages() * PageRun.PAGE_BYTES;
                int writtenAt = i % DUMPS;
                if (dump == 0 || writtenAt >= dump) {
                    byte[] content = new byte[length]; // written to later
                    if (writtenAt == dump) {
                        System.arraycopy(bytes, offset, content, 0, length);
                    }
                    stored.writeBytes(content);
                    image.add(entry);
                } else {
                    image.add(entry.toBuilder()
                            .setFlags(PageContent.IN_PARENT.flags())
                            .build());
                }
                offset += length;
            }
            ImageFile.replace(directory.resolve(name), ImageKind.PAGEMAP, image);
            Files.write(directory.resolve(pages(head)), stored.toByteArray());
        }
    }
}
