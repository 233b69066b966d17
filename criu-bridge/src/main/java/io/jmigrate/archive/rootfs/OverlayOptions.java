package io.jmigrate.archive.rootfs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers of an overlay, as {@code mountinfo} tells them. */
final class OverlayOptions {
    private OverlayOptions() {}

    /**
     * The layers, none if there is no upper one, or if a name is relative to where its mounter was, or has characters that are escaped
     * there in more than one way.
     *
     * @param superOptions comma separated
     */
    static Optional<RootfsBase> base(String superOptions) {
        Optional<Path> upper = Optional.empty();
        List<Path> lowers = new ArrayList<>();
        for (String option : superOptions.split(",")) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = option.substring(equals + 1);
            switch (name) {
                case "upperdir" -> upper = Optional.of(Path.of(value));
                case "lowerdir", "lowerdir+" -> {
                    for (String lower : value.split(":")) {
                        lowers.add(Path.of(lower));
                    }
                }
                default -> {}
            }
        }
        boolean plain = superOptions.indexOf('\\') < 0 && lowers.stream().allMatch(Path::isAbsolute);
        return upper.filter(path -> plain && path.isAbsolute())
                .map(path -> new RootfsBase.Overlay(path, List.copyOf(lowers)));
    }
}
