package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.MountEntry;
import io.jmigrate.criu.inspect.Images;
import io.jmigrate.criu.inspect.MountTypes;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.MountFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Mounts, which CRIU makes as the images have them. Whoever may mount (CAP_SYS_ADMIN) may have any.
 *
 * <p>Each mount namespace is looked at by itself, and all mounts of one point: which of them lies on top is the image's word, too.
 */
final class MountExcesses {
    private static final Set<MountFlag> RESTRICTIONS =
            Set.of(MountFlag.READ_ONLY, MountFlag.NO_SUID, MountFlag.NO_DEV, MountFlag.NO_EXEC);

    private static final Set<String> CGROUPS = Set.of("cgroup", "cgroup2");
    /** What is written to them goes to the host's kernel: they may be where the bundle has them, as it has them. */
    private static final Set<String> KERNELS = Set.of("proc", "sysfs");

    private static final String MEMORY = "tmpfs";
    private static final String ROOT = "/";
    private static final String NULL_DEVICE = "/dev/null";

    private final Config config;
    private final UnaryOperator<String> links;
    private final Predicate<String> exists;
    private final List<Excess> excesses = new ArrayList<>();

    MountExcesses(Config config, UnaryOperator<String> links, Predicate<String> exists) {
        this.config = config;
        this.links = links;
        this.exists = exists;
    }

    List<Excess> find(Images images) {
        if (config.process().capabilities().have(Capability.CAP_SYS_ADMIN)) {
            return List.of();
        }
        for (String image : images.numbered("mountpoints-")) {
            List<MountEntry> mounts = new ArrayList<>();
            images.each(image, ImageKind.MOUNTS, MountEntry.parser(), mounts::add);
            compare(mounts);
        }
        return excesses;
    }

    private void compare(List<MountEntry> mounts) {
        Set<String> types = types();
        Map<String, Long> restrictions = restrictions();
        for (MountEntry mount : mounts) {
            if (isPlain(point(mount))) {
                origin(mount, types);
                restricted(mount, restrictions.getOrDefault(point(mount), 0L) | ofCgroups(mount) | ofKernels(mount));
            } else {
                add(ConfinedPart.MOUNTS, "the place " + point(mount) + " is not a plain path");
            }
        }
        config.maskedPaths().forEach(path -> covered(links.apply(path), mounts, MountExcesses::hides, "hidden"));
        config.readonlyPaths()
                .forEach(path ->
                        covered(links.apply(path), mounts, MountExcesses::isReadOnly, word(MountFlag.READ_ONLY)));
    }

    private static boolean isPlain(String point) {
        return point.indexOf('\0') < 0
                && point.equals(Path.of(point).normalize().toString());
    }

    private static String point(MountEntry mount) {
        String point = mount.getMountpoint();
        return point.startsWith("./") ? point.substring(1) : point;
    }

    /** Of filesystems that are the container's own: those of the bundle, and what its paths are hidden under. */
    private Set<String> types() {
        Set<String> types = new HashSet<>(Set.of(MEMORY));
        for (MountConfig mount : config.mounts()) {
            switch (mount) {
                case MountConfig.Filesystem own -> types.add(own.type());
                case MountConfig.CgroupTree _ -> types.addAll(CGROUPS);
                case MountConfig.Bind _, MountConfig.Reconfiguration _ -> {}
            }
        }
        return types;
    }

    private void origin(MountEntry mount, Set<String> types) {
        String point = point(mount);
        if (mount.hasExtKey() || mount.getExtMount()) {
            String key = mount.getExtKey();
            if (!key.equals(point) && !key.equals(NULL_DEVICE)) {
                add(ConfinedPart.MOUNTS, "what belongs at " + key + " is mounted at " + point);
            }
        } else if (!point.equals(ROOT) && (!types.contains(MountTypes.of(mount)) || isKernelElsewhere(mount))) {
            add(ConfinedPart.MOUNTS, "a filesystem of type " + MountTypes.of(mount) + " is mounted at " + point);
        }
    }

    private boolean isKernelElsewhere(MountEntry mount) {
        String type = MountTypes.of(mount);
        return CGROUPS.contains(type)
                ? trees(mount).isEmpty()
                : KERNELS.contains(type) && kernels(mount).isEmpty();
    }

    /** The mounts of the bundle at or above its place that are of its type. */
    private List<MountConfig.Filesystem> kernels(MountEntry mount) {
        return config.mounts().stream()
                .filter(MountConfig.Filesystem.class::isInstance)
                .map(MountConfig.Filesystem.class::cast)
                .filter(own -> own.type().equals(MountTypes.of(mount)) && isBelow(mount, own))
                .toList();
    }

    private List<MountConfig> trees(MountEntry mount) {
        return config.mounts().stream()
                .filter(tree -> tree instanceof MountConfig.CgroupTree && isBelow(mount, tree))
                .toList();
    }

    private boolean isBelow(MountEntry mount, MountConfig own) {
        return Path.of(point(mount)).startsWith(links.apply(own.destination()));
    }

    /** What lies on a piece of it is there to protect that. */
    private long ofKernels(MountEntry mount) {
        boolean own = !KERNELS.contains(MountTypes.of(mount))
                || kernels(mount).stream()
                        .anyMatch(m -> links.apply(m.destination()).equals(point(mount)));
        return own ? 0 : MountFlag.READ_ONLY.bit();
    }

    /** What each mount of the bundle forbids; of several at one place what they have in common. */
    private Map<String, Long> restrictions() {
        Map<String, Long> restrictions = new HashMap<>();
        if (config.rootfs().readonly()) {
            restrictions.put(ROOT, MountFlag.READ_ONLY.bit());
        }
        for (MountConfig mount : config.mounts()) {
            String point = links.apply(mount.destination());
            long flags = flags(mount);
            switch (mount) {
                case MountConfig.Reconfiguration change -> {
                    long cleared = MountFlag.bits(change.cleared());
                    restrictions.merge(point, flags, (old, added) -> old & ~cleared | added);
                }
                case MountConfig.CgroupTree _ -> {}
                case MountConfig.Bind _, MountConfig.Filesystem _ ->
                    restrictions.merge(point, flags, (one, other) -> one & other);
            }
        }
        return restrictions;
    }

    private static long flags(MountConfig mount) {
        return MountFlag.bits(mount.flags()) & MountFlag.bits(RESTRICTIONS);
    }

    /** A tree of cgroups is one mount or several, which stand below a directory that is nothing by itself. */
    private long ofCgroups(MountEntry mount) {
        if (!CGROUPS.contains(MountTypes.of(mount))) {
            return 0;
        }
        return trees(mount).stream().mapToLong(MountExcesses::flags).findFirst().orElse(0);
    }

    private void restricted(MountEntry mount, long wanted) {
        long missing = wanted & ~Integer.toUnsignedLong(mount.getFlags());
        RESTRICTIONS.stream()
                .filter(flag -> (missing & flag.bit()) != 0)
                .map(MountExcesses::word)
                .sorted()
                .forEach(word -> add(ConfinedPart.MOUNTS, "the mount at " + point(mount) + " is not " + word));
    }

    private static String word(MountFlag flag) {
        return switch (flag) {
            case READ_ONLY -> "read-only";
            case NO_SUID -> "nosuid";
            case NO_DEV -> "nodev";
            default -> "noexec";
        };
    }

    /** A path is covered if something is mounted there, and nothing that does not serve. */
    private void covered(String path, List<MountEntry> mounts, Predicate<MountEntry> serves, String word) {
        List<MountEntry> there =
                mounts.stream().filter(mount -> point(mount).equals(path)).toList();
        if ((there.isEmpty() || !there.stream().allMatch(serves)) && exists.test(path)) {
            add(ConfinedPart.UNMASKED, path + " is not " + word);
        }
    }

    private static boolean hides(MountEntry mount) {
        return mount.getExtKey().equals(NULL_DEVICE) || MountTypes.of(mount).equals(MEMORY) && isReadOnly(mount);
    }

    private static boolean isReadOnly(MountEntry mount) {
        return (mount.getFlags() & MountFlag.READ_ONLY.bit()) != 0;
    }

    private void add(ConfinedPart part, String what) {
        excesses.add(new Excess(part, what));
    }
}
