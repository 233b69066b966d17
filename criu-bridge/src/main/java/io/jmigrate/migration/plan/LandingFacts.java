package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is true at a destination when a container asks to land there.
 *
 * @param host what it is like
 * @param namespaces kinds of namespaces that the kernel has, as config.json names them
 * @param monotonicMillis what its monotonic clock shows
 * @param room what is free
 * @param network what is in its network
 * @param place what is where the container would be
 */
public record LandingFacts(
        HostFacts host, Set<String> namespaces, long monotonicMillis, Room room, Network network, Place place) {
    /** Room in a directory. */
    public record Space(Path directory, long freeBytes) {}

    /**
     * Room on a host.
     *
     * @param memoryAvailableBytes what the kernel can give without swapping (MemAvailable, proc_meminfo(5))
     * @param images where memory is kept until it is restored
     * @param storage where the bundle is made
     */
    public record Room(long memoryAvailableBytes, Space images, Space storage) {}

    /**
     * A host's network.
     *
     * @param interfaces by name, bridges among them
     * @param addresses with who has each, such as {@code container "web"}
     * @param ports that sockets in the host's network namespace have
     */
    public record Network(Set<String> interfaces, Map<String, String> addresses, List<Port> ports) {
        public Network {
            interfaces = Set.copyOf(interfaces);
            addresses = Map.copyOf(addresses);
            ports = List.copyOf(ports);
        }
    }

    /**
     * The container's place.
     *
     * @param obstructions what is in it, as sentences; empty if it is free
     * @param rootfs why a root filesystem that is not copied can't be used; empty if it can, or is copied
     * @param absentMounts directories and files of this host that the container mounts, may mount, and that don't exist
     * @param takenPids numbers of its processes that others have here
     */
    public record Place(List<String> obstructions, String rootfs, List<String> absentMounts, List<Integer> takenPids) {
        public Place {
            obstructions = List.copyOf(obstructions);
            absentMounts = List.copyOf(absentMounts);
            takenPids = List.copyOf(takenPids);
        }
    }
}
