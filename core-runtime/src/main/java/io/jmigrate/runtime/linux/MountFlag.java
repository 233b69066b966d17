package io.jmigrate.runtime.linux;

import java.util.Collection;

/** Flags of mount(2) that describe a mount (propagation is a {@link Propagation}). */
public enum MountFlag {
    READ_ONLY(1),
    NO_SUID(1 << 1),
    NO_DEV(1 << 2),
    NO_EXEC(1 << 3),
    SYNCHRONOUS(1 << 4),
    MANDATORY_LOCKS(1 << 6),
    DIRECTORY_SYNC(1 << 7),
    NO_SYMLINK_FOLLOW(1 << 8),
    NO_ATIME(1 << 10),
    NO_DIRECTORY_ATIME(1 << 11),
    BIND(1 << 12),
    RECURSIVE(1 << 14),
    SILENT(1 << 15),
    POSIX_ACL(1 << 16),
    RELATIVE_ATIME(1 << 21),
    INODE_VERSION(1 << 23),
    STRICT_ATIME(1 << 24),
    LAZY_TIME(1 << 25);

    private final long bit;

    MountFlag(long bit) {
        this.bit = bit;
    }

    /** The {@code MS_…} bit. */
    public long bit() {
        return bit;
    }

    /** The union of the bits. */
    public static long bits(Collection<MountFlag> flags) {
        return flags.stream().mapToLong(MountFlag::bit).reduce(0, (a, b) -> a | b);
    }
}
