package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.config.DeviceConfig;
import io.jmigrate.runtime.config.DeviceType;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Which mounts of a container come from the host. Pure: the host's mounts and the resolution of links in the root filesystem are
 * arguments. Names of mounts that turn out not to exist do no harm.
 */
final class ExternalMounts {
    static final Path NULL_DEVICE = Path.of("/dev/null");

    private final Config config;
    private final CgroupPaths cgroup;
    private final List<MountInfo> hostMounts;
    private final UnaryOperator<String> resolved;

    /**
     * @param config of the container
     * @param cgroup its directories
     * @param hostMounts what is mounted on the host
     * @param resolved gives a destination without the symbolic links that the root filesystem has on the way to it
     */
    ExternalMounts(Config config, CgroupPaths cgroup, List<MountInfo> hostMounts, UnaryOperator<String> resolved) {
        this.config = Objects.requireNonNull(config);
        this.cgroup = Objects.requireNonNull(cgroup);
        this.hostMounts = List.copyOf(hostMounts);
        this.resolved = Objects.requireNonNull(resolved);
    }

    /** All but the masks, which only a dump has to name one by one. */
    List<ExternalMount> all() {
        List<ExternalMount> mounts = new ArrayList<>();
        for (MountConfig mount : config.mounts()) {
            switch (mount) {
                case MountConfig.Bind bind -> mounts.addAll(bind(bind));
                case MountConfig.CgroupTree tree -> mounts.addAll(cgroups(tree));
                case MountConfig.Filesystem _, MountConfig.Reconfiguration _ -> {}
            }
        }
        mounts.addAll(devices());
        return mounts;
    }

    /** The files that are hidden below a bound /dev/null. @param containerMounts what is mounted in the container */
    List<ExternalMount> masks(List<MountInfo> containerMounts) {
        return containerMounts.stream()
                .filter(mount -> config.maskedPaths().contains(mount.mountPoint()))
                .filter(mount -> mount.root().endsWith("/null"))
                .map(mount -> new ExternalMount(mount.mountPoint(), NULL_DEVICE.toString(), NULL_DEVICE))
                .toList();
    }

    private List<ExternalMount> bind(MountConfig.Bind bind) {
        List<ExternalMount> mounts = new ArrayList<>();
        String destination = resolved.apply(bind.destination());
        mounts.add(new ExternalMount(destination, destination, bind.source()));
        if (bind.recursive()) {
            for (Path below : mountPointsBelow(bind.source())) {
                String name = destination + "/" + bind.source().relativize(below);
                mounts.add(new ExternalMount(name, name, below));
            }
        }
        return mounts;
    }

    private List<Path> mountPointsBelow(Path directory) {
        return hostMounts.stream()
                .map(mount -> Path.of(mount.mountPoint()))
                .filter(point -> point.startsWith(directory) && !point.equals(directory))
                .distinct()
                .toList();
    }

    /** Version 1 without a cgroup namespace: the container's own directories are bound below a tmpfs. */
    private List<ExternalMount> cgroups(MountConfig.CgroupTree tree) {
        if (cgroup.isUnified() || config.namespaces().isPrivate(NamespaceKind.CGROUP)) {
            return List.of();
        }
        List<ExternalMount> mounts = new ArrayList<>();
        for (CgroupPlace place : cgroup.places()) {
            if (!place.isVersion2()) {
                String name = place.mountPoint().getFileName().toString();
                String destination = resolved.apply(tree.destination()) + "/" + name;
                mounts.add(new ExternalMount(destination, destination, place.directory()));
            }
        }
        return mounts;
    }

    /** In a user namespace devices can't be made, only bound. */
    private List<ExternalMount> devices() {
        if (!config.namespaces().isNew(NamespaceKind.USER)) {
            return List.of();
        }
        return config.devices().stream()
                .filter(device -> device.type() != DeviceType.FIFO)
                .map(DeviceConfig::path)
                .map(ContainerPath::clean)
                .map(path -> new ExternalMount(path, path, Path.of(path)))
                .toList();
    }
}
