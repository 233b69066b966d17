package io.jmigrate.pages;

/**
 * Whose memory a page belongs to: what CRIU names its pagemap images by (criu/image-desc.c).
 */
public sealed interface PageTarget {
    /** The number in the image's file name. */
    long id();

    /** Private memory of the process that has this pid in its own pid namespace. */
    record ProcessMemory(long id) implements PageTarget {
        public ProcessMemory {
            requireRange(id, Integer.MAX_VALUE);
        }

        @Override
        public String toString() {
            return "process " + id;
        }
    }

    /** Anonymous shared memory, by the identifier that CRIU gave the segment. */
    record SharedMemory(long id) implements PageTarget {
        public SharedMemory {
            requireRange(id, MAX_SHARED_ID);
        }

        @Override
        public String toString() {
            return "shared memory " + id;
        }
    }

    /** The page-server protocol has 56 bits for an identifier (criu/page-xfer.c, encode_pm). */
    long MAX_SHARED_ID = (1L << 56) - 1;

    private static void requireRange(long id, long max) {
        if (id < 0 || id > max) {
            throw new IllegalArgumentException("identifier out of range: " + id);
        }
    }
}
