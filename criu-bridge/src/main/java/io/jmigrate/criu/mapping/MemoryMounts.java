package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which filesystems in memory (tmpfs(5)) of a container can be left out of a dump and made anew elsewhere: those of its config, as it has them.
 * Pure: mounts and the resolution of links are arguments.
 */
public final class MemoryMounts {
    private static final String TMPFS = "tmpfs";
    private static final List<String> LIMITS = List.of("size", "nr_inodes");
    /** Limits of another form. */
    private static final String BLOCKS = "nr_blocks";

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})([kmg]?)");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);

    private MemoryMounts() {}

    /**
     * Those that stand at one place, with nothing mounted on them and nobody to share them with, that can be written to, and whose limits are those
     * of the config still.
     *
     * @param mounts of the container
     * @param resolved gives a destination without links
     */
    public static List<MountInfo> apart(Config config, List<MountInfo> mounts, UnaryOperator<String> resolved) {
        return mounts.stream()
                .filter(mount -> isAlone(mount, mounts))
                .filter(mount -> at(config, mount.mountPoint(), resolved)
                        .filter(own ->
                                LIMITS.stream().allMatch(limit -> isSame(limit, own.data(), mount.superOptions())))
                        .isPresent())
                .toList();
    }

    /** That of the config which belongs at a place; empty if there is none, or more has been done there. */
    public static Optional<MountConfig.Filesystem> at(
            Config config, String mountPoint, UnaryOperator<String> resolved) {
        List<MountConfig> there = config.mounts().stream()
                .filter(mount -> resolved.apply(mount.destination()).equals(mountPoint))
                .toList();
        return there.size() == 1
                        && there.getFirst() instanceof MountConfig.Filesystem own
                        && isPlain(own)
                        && !mountPoint.contains(ExternalMount.KEY_END)
                ? Optional.of(own)
                : Optional.empty();
    }

    private static boolean isPlain(MountConfig.Filesystem own) {
        return own.type().equals(TMPFS) && option(BLOCKS, own.data()).isEmpty();
    }

    private static boolean isAlone(MountInfo mount, List<MountInfo> all) {
        Predicate<MountInfo> related = other -> other.id() != mount.id()
                && (other.parentId() == mount.id()
                        || other.mountPoint().equals(mount.mountPoint())
                        || other.major() == mount.major() && other.minor() == mount.minor());
        return mount.fstype().equals(TMPFS)
                && mount.root().equals("/")
                && mount.optionalFields().isEmpty()
                && List.of(mount.options().split(",")).contains("rw")
                && all.stream().noneMatch(related);
    }

    private static boolean isSame(String limit, String wanted, String had) {
        Optional<String> one = option(limit, wanted);
        Optional<String> other = option(limit, had);
        if (one.isEmpty() && other.isEmpty()) {
            return true;
        }
        OptionalLong number = one.map(MemoryMounts::number).orElse(OptionalLong.empty());
        return number.isPresent()
                && number.equals(other.map(MemoryMounts::number).orElse(OptionalLong.empty()));
    }

    private static Optional<String> option(String name, String options) {
        return List.of(options.split(",")).stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .reduce((_, last) -> last);
    }

    /** Empty if it says a part of all memory (%). */
    private static OptionalLong number(String text) {
        Matcher number = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        return number.matches()
                ? OptionalLong.of(Long.parseLong(number.group(1)) << SHIFTS.get(number.group(2)))
                : OptionalLong.empty();
    }
}
