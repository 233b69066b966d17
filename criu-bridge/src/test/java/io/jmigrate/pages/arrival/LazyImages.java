package io.jmigrate.pages.arrival;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images of a dump that has left memory in its tree. */
public final class LazyImages {
    private LazyImages() {}

    /** Of one process, which has these pages. */
    public static void write(Path images, ProcessMemory process, PageRun... runs) throws IOException {
        int number = Math.toIntExact(process.id());
        Files.createFile(images.resolve(PageImages.pages(number)));
        try (ImageWriter pagemap = new ImageWriter(
                Files.newOutputStream(images.resolve(PageImages.pagemap(process))), ImageKind.PAGEMAP)) {
            pagemap.write(PagemapHead.newBuilder().setPagesId(number).build());
            for (PageRun run : runs) {
                pagemap.write(new PagemapRun(run.address(), run.pages(), PageContent.ABSENT_LAZY.flags()).entry());
            }
        }
    }
}
