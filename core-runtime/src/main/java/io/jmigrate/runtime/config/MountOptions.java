package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountAttribute;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Mount options, sorted into what mount(2) takes (runtime specification, "Linux mount options"; mount(8)).
 *
 * @param bind whether it is a bind mount
 * @param recursive whether a bind mount takes what is mounted below its source along
 * @param flags flags that are set, without BIND and RECURSIVE
 * @param cleared flags that are taken away
 * @param tree what changes for the mounts below it, too
 * @param copiesUp whether a tmpfs begins with what the directory below it holds
 * @param mapsIds whether the ids of the files are mapped
 * @param mapsTree whether those of the mounts below it are, too
 * @param propagations applied in this order
 * @param data what isn't a flag, for the filesystem, joined by commas
 * @param remount whether what is mounted there already is to be changed
 */
public record MountOptions(
        boolean bind,
        boolean recursive,
        Set<MountFlag> flags,
        Set<MountFlag> cleared,
        TreeAttributes tree,
        boolean copiesUp,
        boolean mapsIds,
        boolean mapsTree,
        List<Propagation> propagations,
        String data,
        boolean remount) {

    /** The names of those that are acted on. */
    public static List<String> supported() {
        return MountOptionTable.supported();
    }

    /** Later options win over earlier ones. */
    public static MountOptions parse(List<String> options) {
        Collector collector = new Collector();
        options.forEach(collector::add);
        return collector.finish();
    }

    /** The propagation of an option such as {@code rslave}. */
    public static Optional<Propagation> propagationNamed(String option) {
        return MountOption.propagation(option);
    }

    private static final class Collector {
        private final Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
        private final Set<MountFlag> cleared = EnumSet.noneOf(MountFlag.class);
        private final TreeAttributes.Collector tree = new TreeAttributes.Collector();
        private final List<Propagation> propagations = new ArrayList<>();
        private final StringJoiner data = new StringJoiner(",");
        private boolean bind;
        private boolean recursive;
        private boolean copiesUp;
        private boolean mapsIds;
        private boolean mapsTree;
        private boolean remount;

        void add(String option) {
            switch (MountOption.named(option)) {
                case MountOption.Set(MountFlag flag) -> {
                    flags.add(flag);
                    cleared.remove(flag);
                }
                case MountOption.Clear(MountFlag flag) -> {
                    flags.remove(flag);
                    cleared.add(flag);
                }
                case MountOption.SetTree(MountAttribute attribute) -> tree.set(attribute);
                case MountOption.ClearTree(MountAttribute attribute) -> tree.clear(attribute);
                case MountOption.Bind(boolean withTree) -> {
                    bind = true;
                    recursive |= withTree;
                }
                case MountOption.CopyUp _ -> copiesUp = true;
                case MountOption.MapIds(boolean withTree) -> {
                    mapsIds = true;
                    mapsTree |= withTree;
                }
                case MountOption.Spread(Propagation propagation) -> propagations.add(propagation);
                case MountOption.Remount _ -> remount = true;
                case MountOption.Data _ -> data.add(option);
                case MountOption.Nothing _ -> {}
            }
        }

        MountOptions finish() {
            return new MountOptions(
                    bind,
                    recursive,
                    Collections.unmodifiableSet(flags),
                    Collections.unmodifiableSet(cleared),
                    tree.finish(),
                    copiesUp,
                    mapsIds,
                    mapsTree,
                    List.copyOf(propagations),
                    data.toString(),
                    remount);
        }
    }
}
