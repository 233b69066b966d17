package io.jmigrate.criu.memory;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.inspect.ImagesInMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Memory that tests make: process 1 with a heap at 0x1000 and a mapping of /data/log at 0x9000, process 7 with a heap. */
public final class MemoryInImages {
    public static final int PAGE = MemoryPass.PAGE_BYTES;
    public static final int HEAP = 1 << 5;
    public static final int FILE = 1 << 6;
    public static final int SHARED = 1 << 8;
    public static final int PRESENT = 4;
    public static final int LAZY = 2;

    private MemoryInImages() {}

    public static ImagesInMemory images() {
        return ImagesInMemory.complete()
                .with("mm-1.img", ImageKind.ADDRESS_SPACE, space(vma(0x1000, 0x5000, HEAP), vma(0x9000, 0xb000, FILE)))
                .with("mm-7.img", ImageKind.ADDRESS_SPACE, space(vma(0x1000, 0x2000, HEAP)))
                .with("pagemap-1.img", ImageKind.PAGEMAP, head(1), run(0x1000, 3, PRESENT), run(0x4000, 1, LAZY))
                .with("pagemap-7.img", ImageKind.PAGEMAP, head(2), run(0x1000, 1, PRESENT))
                .withBytes("pages-1.img", pages(page("a"), page(""), page("b")))
                .withBytes("pages-2.img", pages(page("a")));
    }

    public static AddressSpace space(MappingEntry... mappings) {
        return AddressSpace.newBuilder().addAllVmas(Arrays.asList(mappings)).build();
    }

    public static MappingEntry vma(long start, long end, int status) {
        return MappingEntry.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setShmid(1)
                .setProt(3)
                .setFlags(2)
                .setStatus(status)
                .build();
    }

    public static PagemapHead head(int pagesId) {
        return PagemapHead.newBuilder().setPagesId(pagesId).build();
    }

    public static PagemapEntry run(long address, long pages, int flags) {
        return PagemapEntry.newBuilder()
                .setVaddr(address)
                .setCompatNrPages(0)
                .setNrPages(pages)
                .setFlags(flags)
                .build();
    }

    /** A page that begins with a text and goes on with zeros. */
    public static byte[] page(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), PAGE);
    }

    public static byte[] pages(byte[]... pages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.asList(pages).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
