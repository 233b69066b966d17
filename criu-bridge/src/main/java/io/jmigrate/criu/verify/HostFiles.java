package io.jmigrate.criu.verify;

import io.jmigrate.criu.mapping.RootLinks;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where the files of a container that doesn't run are on the host: in its root filesystem or in what is bound into it.
 *
 * @param config of the container
 */
record HostFiles(Config config) {
    /** Empty if the file is in a filesystem that the restore makes, such as a tmpfs. @param name absolute, in the container */
    Optional<Path> find(String name) {
        Path path = Path.of(name).normalize();
        RootLinks links = new RootLinks(config.rootfs().path());
        Optional<MountConfig> mount = config.mounts().stream()
                .filter(m -> !(m instanceof MountConfig.Reconfiguration))
                .filter(m -> path.startsWith(links.resolve(m.destination())))
                .max(Comparator.comparingInt(
                        m -> Path.of(links.resolve(m.destination())).getNameCount()));
        if (mount.isEmpty()) {
            return Optional.of(within(config.rootfs().path(), Path.of("/"), path));
        }
        return mount.filter(MountConfig.Bind.class::isInstance)
                .map(MountConfig.Bind.class::cast)
                .map(bind -> within(bind.source(), Path.of(links.resolve(bind.destination())), path));
    }

    private static Path within(Path source, Path destination, Path path) {
        return source.resolve(destination.relativize(path).toString()).normalize();
    }
}
