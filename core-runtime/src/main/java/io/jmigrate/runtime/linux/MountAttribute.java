package io.jmigrate.runtime.linux;

import java.util.Collection;

/** Attributes of mount_setattr(2). Those of access times are one choice among three and exclude each other. */
public enum MountAttribute {
    READ_ONLY(1),
    NO_SUID(1 << 1),
    NO_DEV(1 << 2),
    NO_EXEC(1 << 3),
    RELATIVE_ATIME(0),
    NO_ATIME(1 << 4),
    STRICT_ATIME(1 << 5),
    NO_DIRECTORY_ATIME(1 << 7),
    NO_SYMLINK_FOLLOW(1 << 21);

    private static final long ACCESS_TIME_MASK = 7 << 4;

    private final long bit;

    MountAttribute(long bit) {
        this.bit = bit;
    }

    /** Whether it is one of the three. */
    public boolean isAccessTime() {
        return switch (this) {
            case RELATIVE_ATIME, NO_ATIME, STRICT_ATIME -> true;
            default -> false;
        };
    }

    /** The {@code MOUNT_ATTR_…} bits to set. */
    public static long bits(Collection<MountAttribute> set) {
        return set.stream().mapToLong(attribute -> attribute.bit).reduce(0, (a, b) -> a | b);
    }

    /** The bits to clear first: those of attributes to take away, and of the choice that a new one replaces. */
    public static long clearedBits(Collection<MountAttribute> set, Collection<MountAttribute> cleared) {
        boolean chooses = set.stream().anyMatch(MountAttribute::isAccessTime);
        return bits(cleared) | (chooses ? ACCESS_TIME_MASK : 0);
    }
}
