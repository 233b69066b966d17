package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Symbolic links to the letter (symlink(2)): the JDK's paths have no double slashes, nor one at the end. */
public final class SymbolicLinks {
    private SymbolicLinks() {}

    /** @param target what it says, whether anything is there or not @throws LinuxException also if the name is taken */
    public static void make(Path link, String target) {
        try (Arena arena = Arena.ofConfined()) {
            long text = CStrings.of(arena, target).address();
            long name = CStrings.of(arena, link.toString()).address();
            SystemCall.SYMLINKAT.on(link.toString(), text, SystemCall.AT_FDCWD, name);
        }
    }
}
