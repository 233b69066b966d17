package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** mm-PID.img and pagemap-PID.img. */
final class MemoryImages {
    // flags of a pagemap's entry, criu/include/pagemap.h
    private static final int IN_PARENT = 1;
    private static final int LAZY = 2;
    private static final int PRESENT = 4;

    /** Of one entry: more than an address space has, and so few that no sum of entries overflows. */
    private static final long PAGES_MAX = 1L << 40;

    private final Images images;
    private final Budget budget;

    MemoryImages(Images images, Budget budget) {
        this.images = images;
        this.budget = budget;
    }

    /** Of the processes that have memory: zombies have none. */
    List<ImagedMemory> read(List<ImagedProcess> processes) {
        List<ImagedMemory> memories = new ArrayList<>();
        for (ImagedProcess process : processes) {
            int pid = process.pid();
            String space = "mm-" + pid + ".img";
            images.only(space, ImageKind.ADDRESS_SPACE, AddressSpace.parser())
                    .ifPresent(found -> memories.add(memory(pid, space, found, pages("pagemap-" + pid + ".img"))));
        }
        return memories;
    }

    private ImagedMemory memory(int pid, String image, AddressSpace space, PageCounts pages) {
        Map<MappingKind, Long> bytes = new EnumMap<>(MappingKind.class);
        try {
            budget.line(image);
            for (MappingEntry mapping : space.getVmasList()) {
                bytes.merge(MappingKind.of(mapping), length(image, mapping), Math::addExact);
            }
        } catch (ImageException e) {
            throw images.source().unreadable(e);
        } catch (ArithmeticException e) {
            throw images.wrong(image + " has mappings of an impossible length");
        }
        return new ImagedMemory(pid, space.getVmasCount(), bytes, pages);
    }

    private static long length(String image, MappingEntry mapping) throws ImageException {
        if (Long.compareUnsigned(mapping.getStart(), mapping.getEnd()) > 0) {
            throw new ImageException(image + " has a mapping that ends before it starts");
        }
        return mapping.getEnd() - mapping.getStart();
    }

    /** What a pagemap counts; nothing if there is no such image. */
    PageCounts pages(String name) {
        Sum sum = new Sum();
        images.behindHead(name, PagemapHead.parser(), PagemapEntry.parser(), entry -> sum.add(name, entry));
        return sum.counts;
    }

    private static final class Sum {
        private PageCounts counts = PageCounts.NONE;

        void add(String name, PagemapEntry entry) throws ImageException {
            long pages = entry.hasNrPages() ? entry.getNrPages() : Integer.toUnsignedLong(entry.getCompatNrPages());
            if (pages < 0 || pages > PAGES_MAX) {
                throw new ImageException(name + " counts an impossible number of pages");
            }
            counts = counts.plus(counted(entry, pages));
        }

        /** Before there were flags every page was in the images. */
        private static PageCounts counted(PagemapEntry entry, long pages) {
            int flags = entry.hasFlags() ? entry.getFlags() : PRESENT;
            if ((flags & IN_PARENT) != 0) {
                return new PageCounts(0, 0, pages);
            }
            if ((flags & PRESENT) != 0) {
                return new PageCounts(pages, 0, 0);
            }
            return (flags & LAZY) != 0 ? new PageCounts(0, pages, 0) : PageCounts.NONE;
        }
    }
}
