package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.seccomp.SeccompProfile;
import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container's configuration in its resolved form.
 *
 * @param bundle the bundle's directory, absolute
 * @param rootfs the root filesystem
 * @param process the first process
 * @param hostname to be set in the UTS namespace
 * @param domainname to be set in the UTS namespace
 * @param namespaces which are new and which are joined
 * @param idMappings of the new user namespace; empty without one
 * @param mounts in the order in which they are to be made
 * @param devices the nodes to be there, the specification's default devices first
 * @param cgroupsPath as in the spec; absent means that the runtime chooses
 * @param resources limits
 * @param sysctls by key with dots
 * @param maskedPaths absolute paths inside the container that must not be readable
 * @param readonlyPaths absolute paths inside the container that must not be writable
 * @param mountLabel the SELinux context of filesystems that are mounted
 * @param personality what programs take the machine for
 * @param memoryPolicy on which nodes memory is allocated
 * @param timeOffsets of the new time namespace
 * @param seccomp the filter for system calls
 * @param annotations as in the spec
 * @param hooks programs that run at moments of its life
 * @param netDevices devices of the host that become the container's
 * @param network the interfaces that the annotation {@value NetworkConfig#ANNOTATION} asks for
 */
public record Config(
        Path bundle,
        RootfsConfig rootfs,
        ProcessConfig process,
        Optional<String> hostname,
        Optional<String> domainname,
        Namespaces namespaces,
        IdMappings idMappings,
        List<MountConfig> mounts,
        List<DeviceConfig> devices,
        Optional<String> cgroupsPath,
        Resources resources,
        Map<String, String> sysctls,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        Optional<String> mountLabel,
        Optional<Personality> personality,
        Optional<MemoryPolicy> memoryPolicy,
        List<TimeOffset> timeOffsets,
        Optional<SeccompProfile> seccomp,
        Map<String, String> annotations,
        Hooks hooks,
        List<NetDeviceConfig> netDevices,
        Optional<NetworkConfig> network) {

    /**
     * Resolves a spec that has no problems.
     *
     * @throws IllegalArgumentException for a spec that {@code validate} would have refused
     */
    public static Config resolve(Path bundle, Spec spec) {
        return new ConfigResolver(bundle.toAbsolutePath().normalize(), spec).resolve();
    }

    /** The same configuration, with a namespace that was to be new now kept at a path. */
    public Config holding(NamespaceKind kind, Path path) {
        return new Config(
                bundle,
                rootfs,
                process,
                hostname,
                domainname,
                namespaces.holding(kind, path),
                idMappings,
                mounts,
                devices,
                cgroupsPath,
                resources,
                sysctls,
                maskedPaths,
                readonlyPaths,
                mountLabel,
                personality,
                memoryPolicy,
                timeOffsets,
                seccomp,
                annotations,
                hooks,
                netDevices,
                network);
    }

    /** Whether its network has more than what its namespace begins with. */
    public boolean hasInterfaces() {
        return network.isPresent() || !netDevices.isEmpty();
    }

    /** The mounts whose source is a path of the host, which a restore must find again. */
    public List<MountConfig.Bind> externalMounts() {
        return mounts.stream()
                .filter(MountConfig.Bind.class::isInstance)
                .map(MountConfig.Bind.class::cast)
                .toList();
    }
}
