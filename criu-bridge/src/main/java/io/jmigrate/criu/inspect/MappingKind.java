package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.AreaBits;
import io.jmigrate.criu.image.entry.MappingEntry;

/** What a mapping is of. */
public enum MappingKind {
    STACK,
    HEAP,
    PRIVATE_ANONYMOUS,
    SHARED_ANONYMOUS,
    PRIVATE_FILE,
    SHARED_FILE,
    /** What the kernel maps, and all else. */
    OTHER;

    // mmap(2)
    private static final int MAP_GROWSDOWN = 0x100;

    static MappingKind of(MappingEntry mapping) {
        int status = mapping.getStatus();
        if ((status & AreaBits.STACK) != 0 || (mapping.getFlags() & MAP_GROWSDOWN) != 0) {
            return STACK;
        }
        if ((status & AreaBits.HEAP) != 0) {
            return HEAP;
        }
        if ((status & AreaBits.FILE_PRIVATE) != 0) {
            return PRIVATE_FILE;
        }
        if ((status & AreaBits.FILE_SHARED) != 0) {
            return SHARED_FILE;
        }
        if ((status & AreaBits.ANONYMOUS_SHARED) != 0) {
            return SHARED_ANONYMOUS;
        }
        return (status & AreaBits.ANONYMOUS_PRIVATE) != 0 ? PRIVATE_ANONYMOUS : OTHER;
    }
}
