package io.jmigrate.pages.store;

import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mappings of a dumped tree that its processes' forked children find empty. */
public final class WipedMappings {
    /** A bit for each advice, by its number (images/vma.proto; madvise(2), MADV_WIPEONFORK). */
    private static final long WIPED_BIT = 1L << 18;

    private WipedMappings() {}

    /** @throws Failure PAGES_IO if the images can't be read */
    public static List<WipedRange> of(Path imageDirectory) {
        List<WipedRange> found = new ArrayList<>();
        AddressSpaces.each(imageDirectory, (process, mapping) -> {
            if ((mapping.getMadv() & WIPED_BIT) != 0 && mapping.getStart() < mapping.getEnd()) {
                found.add(new WipedRange(process, mapping.getStart(), mapping.getEnd()));
            }
        });
        return found;
    }
}
