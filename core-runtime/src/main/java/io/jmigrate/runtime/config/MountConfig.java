package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A mount, decided. */
public sealed interface MountConfig {
    /** Absolute and clean, inside the container. */
    String destination();

    /** Without BIND and RECURSIVE. */
    Set<MountFlag> flags();

    /** What changes for it and the mounts below it, after the mount. */
    TreeAttributes tree();

    /** How mounts below it spread, set after the mount one after the other; none leaves it as the kernel made it. */
    List<Propagation> propagations();

    /**
     * A bind mount of a path of the host.
     *
     * @param source absolute
     * @param directory whether the source is a directory, and so what a missing destination becomes
     * @param recursive whether mounts below the source come along
     * @param ids how the ids of its files are mapped, absent if they are not
     * @param cleared flags that the options take away, should the source's mount have them
     */
    record Bind(
            Path source,
            String destination,
            boolean directory,
            boolean recursive,
            Optional<MountedIds> ids,
            Set<MountFlag> flags,
            Set<MountFlag> cleared,
            TreeAttributes tree,
            List<Propagation> propagations)
            implements MountConfig {}

    /**
     * A filesystem of its own.
     *
     * @param data options for the filesystem, joined by commas
     * @param copiesUp whether it begins with what the directory below it holds
     */
    record Filesystem(
            String type,
            String source,
            String destination,
            Set<MountFlag> flags,
            TreeAttributes tree,
            String data,
            boolean copiesUp,
            List<Propagation> propagations)
            implements MountConfig {}

    /** The container's view of its cgroups, whatever the host's cgroup version is. */
    record CgroupTree(String destination, Set<MountFlag> flags, TreeAttributes tree, List<Propagation> propagations)
            implements MountConfig {}

    /**
     * A change of what is mounted there already.
     *
     * @param mountPoint whether it changes this mount point alone, or the filesystem wherever it is mounted
     * @param cleared flags that the options take away
     * @param data options for the filesystem, joined by commas
     */
    record Reconfiguration(
            String destination,
            boolean mountPoint,
            Set<MountFlag> flags,
            Set<MountFlag> cleared,
            TreeAttributes tree,
            String data,
            List<Propagation> propagations)
            implements MountConfig {}
}
