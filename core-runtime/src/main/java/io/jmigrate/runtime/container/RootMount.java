package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Mounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The overlay that a container's annotation has mounted as its root filesystem. Its mount's source is the name that the container has on
 * this host, so that it is known again whatever became of those who have mounted it, and of the container's record.
 */
final class RootMount {
    private static final String OVERLAY = "overlay";

    private RootMount() {}

    /**
     * Mounts it, if the annotation asks for it.
     *
     * @param root the runtime root
     * @throws Failure IO if something is mounted there, or the kernel refuses it
     */
    static void mount(Path root, ContainerRecord record) {
        layers(record).ifPresent(layers -> {
            if (!mountsAt(record).isEmpty()) {
                throw Failure.of(
                        RuntimeCode.IO,
                        "something is mounted at the root filesystem " + record.rootfs()
                                + ", where the overlay of the container belongs");
            }
            try {
                Mounts.mount(
                        source(root, record.id()), record.rootfs(), OVERLAY, Set.of(), layers.options(record.bundle()));
            } catch (LinuxException e) {
                throw Failure.of(
                                RuntimeCode.IO,
                                "cannot mount the overlay of " + layers.lowers() + " and " + layers.upper() + " at "
                                        + record.rootfs() + ": " + e.errno().text())
                        .withCause(e);
            }
        });
    }

    /** Takes it away, if it is there and the container's. */
    static void unmount(Path root, ContainerRecord record) {
        String source = source(root, record.id());
        if (layers(record).isPresent()
                && mountsAt(record).stream().anyMatch(mount -> mount.source().equals(source))) {
            Mounts.umount(record.rootfs(), true);
        }
    }

    /** Takes away whatever is mounted for a container of which nothing but its id is known. */
    static void unmountAll(Path root, ContainerId id) {
        String source = source(root, id);
        MountInfo.ofSelf().stream()
                .filter(mount ->
                        mount.fstype().equals(OVERLAY) && mount.source().equals(source))
                .forEach(mount -> Mounts.umount(Path.of(mount.mountPoint()), true));
    }

    private static String source(Path root, ContainerId id) {
        return "jmigrate-" + Blueprint.hostName(root, id);
    }

    private static List<MountInfo> mountsAt(ContainerRecord record) {
        return MountInfo.ofSelf().stream()
                .filter(mount -> mount.mountPoint().equals(record.rootfs().toString()))
                .toList();
    }

    private static Optional<RootLayers> layers(ContainerRecord record) {
        return Optional.ofNullable(record.annotations().get(RootLayers.ANNOTATION))
                .flatMap(json -> RootLayers.parse(json, RootLayers.ANNOTATION, new Problems()));
    }
}
