package io.jmigrate.pages.store;

import io.jmigrate.criu.image.AreaBits;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What decides how the memory of a dumped tree can come, of the mappings of all its processes.
 *
 * @param shadowStack whether a process has a stack that the processor keeps beside the program's (Documentation/arch/x86/shstk.rst of the
 *     kernel). A lazy dump leaves its pages out, and yet CRIU's restore copies them to where they belong before the process runs
 *     (criu/arch/x86/shstk.c): what had not come would be zeros, to which the program can't return.
 * @param wiped mappings that the processes' forked children find empty
 */
public record DumpedMappings(boolean shadowStack, List<WipedRange> wiped) {
    /** A bit for each advice, by its number (images/vma.proto; madvise(2), MADV_WIPEONFORK). */
    private static final long WIPED_BIT = 1L << 18;

    public DumpedMappings {
        wiped = List.copyOf(wiped);
    }

    /** @throws Failure PAGES_IO if the images can't be read */
    public static DumpedMappings in(Path imageDirectory) {
        AtomicBoolean shadowStack = new AtomicBoolean();
        List<WipedRange> wiped = new ArrayList<>();
        AddressSpaces.each(imageDirectory, (process, mapping) -> {
            if ((mapping.getStatus() & AreaBits.SHADOW_STACK) != 0) {
                shadowStack.set(true);
            }
            if (isWiped(mapping)) {
                wiped.add(new WipedRange(process, mapping.getStart(), mapping.getEnd()));
            }
        });
        return new DumpedMappings(shadowStack.get(), wiped);
    }

    private static boolean isWiped(MappingEntry mapping) {
        return (mapping.getMadv() & WIPED_BIT) != 0 && mapping.getStart() < mapping.getEnd();
    }
}
