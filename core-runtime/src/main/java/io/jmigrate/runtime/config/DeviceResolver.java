package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.DeviceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resolves devices: the default ones, then the spec's, which may replace them. */
final class DeviceResolver {
    private static final long MODE_DEFAULT = 0666;
    private static final long MODE_MASK = 07777;

    private DeviceResolver() {}

    static List<DeviceConfig> resolve(List<DeviceSpec> specs) {
        Map<String, DeviceConfig> byPath = new LinkedHashMap<>();
        DefaultDevices.ALL.forEach(device -> byPath.put(device.path(), device));
        specs.stream().map(DeviceResolver::device).forEach(device -> byPath.put(device.path(), device));
        return List.copyOf(byPath.values());
    }

    private static DeviceConfig device(DeviceSpec spec) {
        return new DeviceConfig(
                ContainerPath.clean(spec.path()),
                DeviceType.named(spec.type())
                        .orElseThrow(() -> new IllegalArgumentException("device type " + spec.type())),
                spec.major().orElse(0L),
                spec.minor().orElse(0L),
                spec.fileMode().orElse(MODE_DEFAULT) & MODE_MASK,
                spec.uid().orElse(0L),
                spec.gid().orElse(0L));
    }
}
