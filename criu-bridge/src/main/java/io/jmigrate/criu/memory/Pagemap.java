package io.jmigrate.criu.memory;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.inspect.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** An open pagemap-N.img, whose entries come in ascending order of addresses. */
final class Pagemap implements AutoCloseable {
    // flags of an entry, criu/include/pagemap.h
    private static final int IN_PARENT = 1;
    private static final int LAZY = 2;
    private static final int PRESENT = 4;

    /** More than an entry of any pagemap takes. */
    private static final int ENTRY_BYTES_MAX = 4096;

    /** More than an address space has: no sum of it and an address overflows. */
    private static final long PAGES_MAX = 1L << 40;

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

    /**
     * Some pages in a row.
     *
     * @param address of the first
     * @param pages how many
     * @param absence where their content is; empty if it is in the images
     * @param exists whether anything is said of them at all
     */
    record Run(long address, long pages, Optional<PageVisitor.Absence> absence, boolean exists) {
        boolean present() {
            return exists && absence.isEmpty();
        }
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

    Optional<Run> next() throws IOException {
        Optional<PagemapEntry> entry = reader.next(PagemapEntry.parser());
        return entry.isEmpty() ? Optional.empty() : Optional.of(run(entry.get()));
    }

    private Run run(PagemapEntry entry) throws ImageException {
        long pages = entry.hasNrPages() ? entry.getNrPages() : Integer.toUnsignedLong(entry.getCompatNrPages());
        long address = entry.getVaddr();
        if (pages < 0 || pages > PAGES_MAX) {
            throw new ImageException(name + " counts an impossible number of pages");
        }
        if (address < 0 || address > ADDRESS_MAX || address % MemoryPass.PAGE_BYTES != 0) {
            throw new ImageException(name + " has pages at an impossible address");
        }
        if (address < behind) {
            throw new ImageException(name + " has pages that are not in the order of their addresses");
        }
        behind = address + pages * MemoryPass.PAGE_BYTES;
        return placed(address, pages, entry.hasFlags() ? entry.getFlags() : PRESENT);
    }

    /** Before there were flags every page was in the images. */
    private static Run placed(long address, long pages, int flags) {
        if ((flags & IN_PARENT) != 0) {
            return new Run(address, pages, Optional.of(PageVisitor.Absence.IN_PARENT), true);
        }
        if ((flags & PRESENT) != 0) {
            return new Run(address, pages, Optional.empty(), true);
        }
        boolean lazy = (flags & LAZY) != 0;
        return new Run(address, pages, lazy ? Optional.of(PageVisitor.Absence.LAZY) : Optional.empty(), lazy);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
