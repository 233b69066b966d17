package io.jmigrate.runtime.config;

import java.nio.file.Path;
import java.util.List;

/** A mount, decided. Destinations are absolute and clean, flags are those of mount(2). */
public sealed interface MountConfig {
    String destination();

    /** {@code MS_} flags without MS_BIND and MS_REC. */
    long flags();

    /** Propagation changes to make after the mount, each as {@code MS_} flags, in order. */
    List<Long> propagation();

    /**
     * A bind mount of a path of the host.
     *
     * @param source absolute
     * @param recursive whether mounts below the source come along
     * @param cleared flags that the options take away from what the source's mount has
     */
    record Bind(
            Path source,
            String destination,
            boolean recursive,
            long flags,
            long cleared,
            List<Long> propagation)
            implements MountConfig {
        /** Whether the flags differ from those of the source's mount, which takes a second system call. */
        public boolean changesFlags() {
            return (flags & ~MountFlags.REMOUNT) != 0 || cleared != 0;
        }
    }

    /** A filesystem of its own. */
    record Filesystem(
            String type, String source, String destination, long flags, String data, List<Long> propagation)
            implements MountConfig {}

    /** The container's view of its cgroups, whatever the host's cgroup version is. */
    record CgroupTree(String destination, long flags, List<Long> propagation) implements MountConfig {}
}
