package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code linux} object. */
public record LinuxSpec(
        List<NamespaceSpec> namespaces,
        List<IdMappingSpec> uidMappings,
        List<IdMappingSpec> gidMappings,
        List<DeviceSpec> devices,
        Optional<String> cgroupsPath,
        ResourcesSpec resources,
        Optional<String> rootfsPropagation,
        Map<String, String> sysctl,
        List<String> maskedPaths,
        List<String> readonlyPaths,
        Optional<SeccompSpec> seccomp,
        Map<String, TimeOffsetSpec> timeOffsets,
        Optional<String> mountLabel,
        Optional<PersonalitySpec> personality,
        Optional<MemoryPolicySpec> memoryPolicy,
        Map<String, NetDeviceSpec> netDevices) {
    /** What an absent section amounts to. */
    public static final LinuxSpec NONE = new LinuxSpec(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            ResourcesSpec.NONE,
            Optional.empty(),
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
}
