package io.jmigrate.runtime.config;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.spec.LinuxSpec;
import io.jmigrate.runtime.spec.NamespaceSpec;
import io.jmigrate.runtime.spec.RootSpec;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.TimeOffsetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves one spec. */
final class ConfigResolver {
    private final Path bundle;
    private final Spec spec;
    private final LinuxSpec linux;

    ConfigResolver(Path bundle, Spec spec) {
        this.bundle = bundle;
        this.spec = spec;
        this.linux = spec.linux();
    }

    Config resolve() {
        IdMappings idMappings = IdMappings.resolve(linux.uidMappings(), linux.gidMappings());
        return new Config(
                bundle,
                rootfs(required(spec.root(), "root")),
                ProcessConfig.resolve(required(spec.process(), "process")),
                spec.hostname(),
                spec.domainname(),
                namespaces(),
                idMappings,
                MountResolver.resolve(bundle, spec.mounts(), idMappings),
                DeviceResolver.resolve(linux.devices()),
                linux.cgroupsPath(),
                Resources.resolve(linux.resources()),
                sysctls(),
                cleaned(linux.maskedPaths()),
                cleaned(linux.readonlyPaths()),
                linux.mountLabel(),
                linux.personality().map(SchedulingResolver::personality),
                linux.memoryPolicy().map(SchedulingResolver::memoryPolicy),
                timeOffsets(),
                linux.seccomp().map(SeccompResolver::resolve),
                spec.annotations(),
                Hooks.resolve(spec.hooks()),
                netDevices(),
                network());
    }

    private RootfsConfig rootfs(RootSpec root) {
        try {
            Path path = bundle.resolve(root.path()).toRealPath();
            return new RootfsConfig(
                    path, root.readonly(), linux.rootfsPropagation().flatMap(MountOption::propagation));
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read the root filesystem " + bundle.resolve(root.path()))
                    .withCause(e);
        }
    }

    private Namespaces namespaces() {
        Map<NamespaceKind, Namespaces.Source> byKind = new EnumMap<>(NamespaceKind.class);
        for (NamespaceSpec namespace : linux.namespaces()) {
            NamespaceKind kind = required(Namespaces.kindNamed(namespace.type()), namespace.type());
            byKind.put(kind, source(namespace));
        }
        return new Namespaces(byKind);
    }

    private static Namespaces.Source source(NamespaceSpec namespace) {
        return namespace
                .path()
                .<Namespaces.Source>map(path -> new Namespaces.Source.Joined(Path.of(path)))
                .orElseGet(Namespaces.Source.New::new);
    }

    private Map<String, String> sysctls() {
        Map<String, String> byKey = new LinkedHashMap<>();
        linux.sysctl().forEach((key, value) -> byKey.put(SysctlKey.dotted(key), value));
        return Collections.unmodifiableMap(byKey);
    }

    private List<TimeOffset> timeOffsets() {
        return Arrays.stream(TimeOffset.Clock.values())
                .filter(clock -> linux.timeOffsets().containsKey(clock.ociName()))
                .map(clock -> timeOffset(clock, linux.timeOffsets().get(clock.ociName())))
                .toList();
    }

    private static TimeOffset timeOffset(TimeOffset.Clock clock, TimeOffsetSpec spec) {
        return new TimeOffset(clock, spec.secs(), spec.nanosecs());
    }

    private List<NetDeviceConfig> netDevices() {
        return linux.netDevices().entrySet().stream()
                .map(device -> new NetDeviceConfig(
                        device.getKey(), device.getValue().name().orElse(device.getKey())))
                .toList();
    }

    private Optional<NetworkConfig> network() {
        String path = JsonPath.child("$.annotations", NetworkConfig.ANNOTATION);
        return Optional.ofNullable(spec.annotations().get(NetworkConfig.ANNOTATION))
                .map(json -> required(NetworkConfig.parse(json, path, new Problems()), path));
    }

    private static List<String> cleaned(List<String> paths) {
        return paths.stream().map(ContainerPath::clean).distinct().toList();
    }

    private static <T> T required(Optional<T> value, String what) {
        return value.orElseThrow(() -> new IllegalArgumentException("not a validated spec: " + what));
    }
}
