package io.jmigrate.pages.store;

import io.jmigrate.criu.image.AreaBits;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stacks that the processor keeps beside those of programs (Documentation/arch/x86/shstk.rst of the kernel). A lazy dump leaves their pages out,
 * and yet CRIU's restore copies them to where they belong before the process runs (criu/arch/x86/shstk.c): what had not come would be zeros, to
 * which the program can't return.
 */
public final class ShadowStacks {
    private ShadowStacks() {}

    /** Whether a dumped process has one. @throws Failure PAGES_IO if the images can't be read */
    public static boolean areIn(Path imageDirectory) {
        AtomicBoolean found = new AtomicBoolean();
        AddressSpaces.each(imageDirectory, (_, mapping) -> {
            if ((mapping.getStatus() & AreaBits.SHADOW_STACK) != 0) {
                found.set(true);
            }
        });
        return found.get();
    }
}
