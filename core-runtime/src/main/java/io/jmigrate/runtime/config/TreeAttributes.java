package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountAttribute;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What changes for a mount and all mounts below it: the options with an {@code r} in front.
 *
 * @param set attributes to be there, at most one of access times
 * @param cleared attributes to be taken away, none of access times
 */
public record TreeAttributes(Set<MountAttribute> set, Set<MountAttribute> cleared) {
    /** Nothing changes. */
    public static final TreeAttributes NONE = new TreeAttributes(Set.of(), Set.of());

    public boolean isEmpty() {
        return set.isEmpty() && cleared.isEmpty();
    }

    /** Gathers them from options, of which a later one wins. */
    static final class Collector {
        private final Set<MountAttribute> set = EnumSet.noneOf(MountAttribute.class);
        private final Set<MountAttribute> cleared = EnumSet.noneOf(MountAttribute.class);

        void set(MountAttribute attribute) {
            if (attribute.isAccessTime()) {
                set.removeIf(MountAttribute::isAccessTime);
            }
            set.add(attribute);
            cleared.remove(attribute);
        }

        void clear(MountAttribute attribute) {
            set.remove(attribute);
            cleared.add(attribute);
        }

        TreeAttributes finish() {
            return new TreeAttributes(Collections.unmodifiableSet(set), Collections.unmodifiableSet(cleared));
        }
    }
}
