package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;
import java.util.Optional;

/** What one mount option means. */
sealed interface MountOption {
    record Set(MountFlag flag) implements MountOption {}

    record Clear(MountFlag flag) implements MountOption {}

    /** An attribute of the mount and of all below it (mount_setattr(2)). */
    record SetTree(MountAttribute attribute) implements MountOption {}

    record ClearTree(MountAttribute attribute) implements MountOption {}

    /** A bind mount, perhaps with what is mounted below its source. */
    record Bind(boolean recursive) implements MountOption {}

    record Spread(Propagation propagation) implements MountOption {}

    /** A tmpfs that begins with what the directory below it holds, as in runc. */
    record CopyUp() implements MountOption {}

    /** The ids of the files are mapped, perhaps those of the mounts below it, too. */
    record MapIds(boolean recursive) implements MountOption {}

    /** An option that changes nothing here. */
    record Nothing() implements MountOption {}

    /** Nothing is mounted: what is mounted already is changed. */
    record Remount() implements MountOption {}

    /** An option for the filesystem. */
    record Data() implements MountOption {}

    static MountOption named(String option) {
        return MountOptionTable.find(option).orElseGet(Data::new);
    }

    /** The propagation of a name such as {@code rslave}. */
    static Optional<Propagation> propagation(String name) {
        for (Propagation propagation : Propagation.values()) {
            if (propagation.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(propagation);
            }
        }
        return Optional.empty();
    }
}
