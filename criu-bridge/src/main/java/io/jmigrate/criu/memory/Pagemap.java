package io.jmigrate.criu.memory;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.inspect.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * An open pagemap-N.img, whose entries come in ascending order of addresses. Those of memory that processes share may come in any, as CRIU
 * reads them one by one (criu/shmem.c, do_restore_shmem_content): a migration names pages in the order in which they came.
 */
final class Pagemap implements AutoCloseable {
    /** More than an entry of any pagemap takes. */
    private static final int ENTRY_BYTES_MAX = 4096;

    private static final String SHARED = "pagemap-shmem-";
    private static final long ADDRESS_MAX = 1L << 57;

    private final String name;
    private final ImageReader reader;
    private final long pagesId;
    private long behind;

    private Pagemap(String name, ImageReader reader, long pagesId) {
        this.name = name;
        this.reader = reader;
        this.pagesId = pagesId;
    }

    static Pagemap open(ImageSource source, String name) throws IOException {
        InputStream image = source.open(name).orElseThrow(() -> new ImageException(name + " is missing"));
        ImageReader reader = ImageReader.of(image, name, ImageKind.PAGEMAP, ENTRY_BYTES_MAX);
        try {
            return new Pagemap(
                    name,
                    reader,
                    Integer.toUnsignedLong(reader.one(PagemapHead.parser()).getPagesId()));
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** N of the pages-N.img that has the contents. */
    long pagesId() {
        return pagesId;
    }

    Optional<PagemapRun> next() throws IOException {
        Optional<PagemapEntry> entry = reader.next(PagemapEntry.parser());
        return entry.isEmpty() ? Optional.empty() : Optional.of(run(entry.get()));
    }

    private PagemapRun run(PagemapEntry entry) throws ImageException {
        PagemapRun run = PagemapRun.of(name, entry);
        long address = run.address();
        if (address < 0 || address > ADDRESS_MAX || address % MemoryPass.PAGE_BYTES != 0) {
            throw new ImageException(name + " has pages at an impossible address");
        }
        if (address < behind && !name.startsWith(SHARED)) {
            throw new ImageException(name + " has pages that are not in the order of their addresses");
        }
        behind = address + run.pages() * MemoryPass.PAGE_BYTES;
        return run;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
