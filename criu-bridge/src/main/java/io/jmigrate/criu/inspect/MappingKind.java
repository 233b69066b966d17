package io.jmigrate.criu.inspect;

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

    // bits of criu/include/image.h
    private static final int AREA_STACK = 1 << 1;
    private static final int AREA_HEAP = 1 << 5;
    private static final int FILE_PRIVATE = 1 << 6;
    private static final int FILE_SHARED = 1 << 7;
    private static final int ANONYMOUS_SHARED = 1 << 8;
    private static final int ANONYMOUS_PRIVATE = 1 << 9;

    // mmap(2)
    private static final int MAP_GROWSDOWN = 0x100;

    static MappingKind of(MappingEntry mapping) {
        int status = mapping.getStatus();
        if ((status & AREA_STACK) != 0 || (mapping.getFlags() & MAP_GROWSDOWN) != 0) {
            return STACK;
        }
        if ((status & AREA_HEAP) != 0) {
            return HEAP;
        }
        if ((status & FILE_PRIVATE) != 0) {
            return PRIVATE_FILE;
        }
        if ((status & FILE_SHARED) != 0) {
            return SHARED_FILE;
        }
        if ((status & ANONYMOUS_SHARED) != 0) {
            return SHARED_ANONYMOUS;
        }
        return (status & ANONYMOUS_PRIVATE) != 0 ? PRIVATE_ANONYMOUS : OTHER;
    }
}
