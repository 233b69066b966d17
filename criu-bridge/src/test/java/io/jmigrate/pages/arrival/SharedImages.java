package io.jmigrate.pages.arrival;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a dump says of memory that processes share. */
public final class SharedImages {
    private SharedImages() {}

    /** @param number of the file with its pages, which isn't written */
    public static void writePagemap(Path images, SharedMemory memory, int number, PageRun... runs) throws IOException {
        try (ImageWriter pagemap =
                new ImageWriter(Files.newOutputStream(images.resolve(PageImages.pagemap(memory))), ImageKind.PAGEMAP)) {
            pagemap.write(PagemapHead.newBuilder().setPagesId(number).build());
            for (PageRun run : runs) {
                pagemap.write(new PagemapRun(run.address(), run.pages(), PagemapRun.PRESENT).entry());
            }
        }
    }
}
