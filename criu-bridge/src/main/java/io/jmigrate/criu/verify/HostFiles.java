package io.jmigrate.criu.verify;

import io.jmigrate.criu.mapping.RootLinks;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the files of a container that doesn't run are on the host: in its root filesystem or in what is bound into it. */
public final class HostFiles {
    private final Path rootfs;
    private final List<Place> places;

    /** @param config of the container, whose links in the root filesystem are as they are now */
    public HostFiles(Config config) {
        rootfs = config.rootfs().path();
        RootLinks links = new RootLinks(rootfs);
        places = config.mounts().stream()
                .filter(mount -> !(mount instanceof MountConfig.Reconfiguration))
                .map(mount -> new Place(Path.of(links.resolve(mount.destination())), mount))
                .toList();
    }

    /** Where a mount is in the container. */
    private record Place(Path destination, MountConfig mount) {}

    /** Empty if the file is in a filesystem that the restore makes, such as a tmpfs. @param name absolute, in the container */
    public Optional<Path> find(String name) {
        Path path = Path.of(name).normalize();
        Optional<Place> place = places.stream()
                .filter(p -> path.startsWith(p.destination()))
                .max(Comparator.comparingInt(p -> p.destination().getNameCount()));
        if (place.isEmpty()) {
            return Optional.of(within(rootfs, Path.of("/"), path));
        }
        return place.get().mount() instanceof MountConfig.Bind bind
                ? Optional.of(within(bind.source(), place.get().destination(), path))
                : Optional.empty();
    }

    private static Path within(Path source, Path destination, Path path) {
        return source.resolve(destination.relativize(path).toString()).normalize();
    }
}
