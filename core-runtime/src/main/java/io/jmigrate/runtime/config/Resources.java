package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.ResourcesSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The limits of a container's cgroup, in the units of {@link ResourcesSpec}; absent means untouched. */
public record Resources(
        ResourcesSpec.Memory memory,
        ResourcesSpec.Cpu cpu,
        Optional<Long> pidsMax,
        ResourcesSpec.BlockIo blockIo,
        List<ResourcesSpec.HugePageLimit> hugePages,
        ResourcesSpec.Network network,
        Map<String, ResourcesSpec.Rdma> rdma,
        Map<String, String> unified,
        List<DeviceRule> devices) {
    public static Resources resolve(ResourcesSpec spec) {
        return new Resources(
                spec.memory(),
                spec.cpu(),
                spec.pidsLimit(),
                spec.blockIo(),
                spec.hugePages(),
                spec.network(),
                spec.rdma(),
                spec.unified(),
                spec.devices().stream().map(DeviceRule::resolve).toList());
    }
}
