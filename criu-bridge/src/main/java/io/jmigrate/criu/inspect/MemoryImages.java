package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.PagemapRun;
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
            PagemapRun run = PagemapRun.of(name, entry);
            counts = counts.plus(new PageCounts(
                    run.present() ? run.pages() : 0, run.absent() ? run.pages() : 0, run.inParent() ? run.pages() : 0));
        }
    }
}
