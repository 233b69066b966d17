package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.MountInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of an overlay that is mounted (overlayfs.rst of the kernel's documentation).
 *
 * @param upper holds what is new, changed or marked as deleted
 * @param lowers the topmost first
 * @param options as {@code mountinfo} tells them, by name; empty for those without a value
 */
public record OverlayLayers(Path upper, List<Path> lowers, Map<String, String> options) {
    public OverlayLayers {
        lowers = List.copyOf(lowers);
        options = Map.copyOf(options);
    }

    /**
     * Those of the overlay whose root is mounted at a directory, if one is.
     *
     * @param directory without symbolic links
     */
    public static Optional<OverlayLayers> at(Path directory, List<MountInfo> mounts) {
        return mounts.stream()
                .filter(mount -> mount.mountPoint().equals(directory.toString()))
                .reduce((_, last) -> last) // the topmost of several
                .filter(mount ->
                        mount.fstype().equals("overlay") && mount.root().equals("/"))
                .flatMap(mount -> of(mount.superOptions()));
    }

    /**
     * The layers, none if there is no upper one, or if a name is relative to where its mounter was, or has characters that are escaped
     * there in more than one way.
     */
    private static Optional<OverlayLayers> of(String superOptions) {
        Map<String, String> options = new HashMap<>();
        List<Path> lowers = new ArrayList<>();
        for (String option : superOptions.split(",")) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            if (name.equals("lowerdir") || name.equals("lowerdir+")) {
                for (String lower : value.split(":")) {
                    lowers.add(Path.of(lower));
                }
            } else {
                options.put(name, value);
            }
        }
        boolean plain = superOptions.indexOf('\\') < 0 && lowers.stream().allMatch(Path::isAbsolute);
        return Optional.ofNullable(options.get("upperdir"))
                .map(Path::of)
                .filter(upper -> plain && upper.isAbsolute())
                .map(upper -> new OverlayLayers(upper, lowers, options));
    }
}
