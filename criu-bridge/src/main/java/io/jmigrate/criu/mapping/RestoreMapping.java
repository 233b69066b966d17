package io.jmigrate.criu.mapping;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.linux.MountInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a restore has to be told of the place that a container comes to. */
public final class RestoreMapping {
    private RestoreMapping() {}

    /** The network namespace that CRIU has to be started in, if not the launcher's. @param networkNamespace the container's */
    public static Optional<Path> criuNetwork(Config config, Optional<Path> networkNamespace) {
        return DumpMapping.criuNetwork(config, networkNamespace);
    }

    /** Whether CRIU is in the container's network namespace itself. */
    public static boolean sharesNetworkWithCriu(Config config) {
        return ExternalNamespaces.isSharedWithCriu(config);
    }

    /** A mount that the dump has left out, and that is made here. @param source on this host */
    public static String external(String mountPoint, Path source) {
        return new ExternalMount(mountPoint, mountPoint, source).forRestore();
    }

    /**
     * Where the mounts come from that the images call external, for criu(8)'s {@code --external}.
     *
     * @param config of the container, whose root filesystem is in its place
     * @param cgroup its directories here
     */
    public static List<String> externals(Config config, CgroupPaths cgroup) {
        RootLinks links = new RootLinks(config.rootfs().path());
        List<String> externals = new ArrayList<>();
        new ExternalMounts(config, cgroup, MountInfo.ofSelf(), links::resolve)
                .all()
                .forEach(mount -> externals.add(mount.forRestore()));
        String nullDevice = ExternalMounts.NULL_DEVICE.toString();
        ExternalMount masked = new ExternalMount(nullDevice, nullDevice, ExternalMounts.NULL_DEVICE);
        if (!config.maskedPaths().isEmpty() && !externals.contains(masked.forRestore())) {
            externals.add(masked.forRestore());
        }
        return externals;
    }
}
