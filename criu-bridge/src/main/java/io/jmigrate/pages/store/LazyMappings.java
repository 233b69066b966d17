package io.jmigrate.pages.store;

import io.jmigrate.criu.image.AreaBits;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.PageRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The mappings of a process to which memory can come while it runs: those that CRIU registers with the userfaultfd
 * (criu/include/vma.h, vma_entry_can_be_lazy), but for shadow stacks, whose pages it wants before the process runs
 * (criu/arch/x86/shstk.c). A page of any other that is left out would read as zeros.
 */
final class LazyMappings {
    // mmap(2)
    private static final int MAP_PRIVATE = 0x2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_LOCKED = 0x2000;
    private static final int MAP_HUGETLB = 0x40000;

    private static final int NEVER = AreaBits.VSYSCALL | AreaBits.VDSO | AreaBits.VVAR | AreaBits.SHADOW_STACK;

    private final NavigableMap<Long, Long> ends = new TreeMap<>();

    private LazyMappings() {}

    /** @param space mm-PID.img */
    static LazyMappings read(Path space) throws IOException {
        LazyMappings mappings = new LazyMappings();
        try (ImageReader reader = ImageReader.open(space, ImageKind.ADDRESS_SPACE)) {
            for (MappingEntry mapping : reader.one(AddressSpace.parser()).getVmasList()) {
                if (canBeLazy(mapping)) {
                    mappings.ends.put(mapping.getStart(), mapping.getEnd());
                }
            }
        }
        return mappings;
    }

    private static boolean canBeLazy(MappingEntry mapping) {
        int wanted = MAP_PRIVATE | MAP_ANONYMOUS;
        return (mapping.getFlags() & (wanted | MAP_LOCKED | MAP_HUGETLB)) == wanted
                && (mapping.getStatus() & NEVER) == 0;
    }

    /** Whether all pages of a run are in one of them. */
    boolean hold(PageRun run) {
        var found = ends.floorEntry(run.address());
        return found != null && run.end() <= found.getValue();
    }
}
