package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code linux.resources}. */
final class ResourcesReader {
    private static final long DEVICE_NUMBER_MAX = 0xffff_ffffL;
    private static final long BLOCK_WEIGHT_MAX = 1000;
    private static final long SWAPPINESS_MAX = 100;

    private ResourcesReader() {}

    static ResourcesSpec resources(JsonFields in) {
        return new ResourcesSpec(
                in.objects("devices", ResourcesReader::deviceRule),
                in.object("memory").map(ResourcesReader::memory).orElse(ResourcesSpec.Memory.NONE),
                in.object("cpu").map(ResourcesReader::cpu).orElse(ResourcesSpec.Cpu.NONE),
                in.object("pids").flatMap(pids -> nonZero(pids.integer("limit", -1, Long.MAX_VALUE))),
                in.object("blockIO").map(ResourcesReader::blockIo).orElse(ResourcesSpec.BlockIo.NONE),
                in.objects("hugepageLimits", ResourcesReader::hugePages),
                in.object("network").map(ResourcesReader::network).orElse(ResourcesSpec.Network.NONE),
                in.object("rdma").map(ResourcesReader::rdma).orElse(Map.of()),
                in.textMap("unified"));
    }

    /** Zero is how Go programs write an absent number. */
    private static Optional<Long> nonZero(Optional<Long> value) {
        return value.filter(number -> number != 0);
    }

    private static DeviceRuleSpec deviceRule(JsonFields in) {
        return new DeviceRuleSpec(
                in.flag("allow"),
                in.text("type").filter(type -> !type.isEmpty()),
                in.integer("major", -1, DEVICE_NUMBER_MAX).filter(number -> number >= 0),
                in.integer("minor", -1, DEVICE_NUMBER_MAX).filter(number -> number >= 0),
                in.text("access").filter(access -> !access.isEmpty()));
    }

    private static ResourcesSpec.Memory memory(JsonFields in) {
        return new ResourcesSpec.Memory(
                bytes(in, "limit"),
                bytes(in, "reservation"),
                bytes(in, "swap"),
                bytes(in, "kernel"),
                bytes(in, "kernelTCP"),
                in.integer("swappiness", -1, SWAPPINESS_MAX).filter(number -> number >= 0),
                optionalFlag(in, "disableOOMKiller"),
                optionalFlag(in, "useHierarchy"),
                in.flag("checkBeforeUpdate"));
    }

    private static Optional<Boolean> optionalFlag(JsonFields in, String name) {
        return in.has(name) ? Optional.of(in.flag(name)) : Optional.empty();
    }

    private static Optional<Long> bytes(JsonFields in, String name) {
        return nonZero(in.integer(name, -1, Long.MAX_VALUE));
    }

    private static ResourcesSpec.Cpu cpu(JsonFields in) {
        return new ResourcesSpec.Cpu(
                nonZero(in.unsigned64("shares")),
                nonZero(in.integer("quota", Long.MIN_VALUE, Long.MAX_VALUE)),
                nonZero(in.unsigned64("period")),
                in.unsigned64("burst"),
                nonZero(in.integer("realtimeRuntime", Long.MIN_VALUE, Long.MAX_VALUE)),
                nonZero(in.unsigned64("realtimePeriod")),
                in.text("cpus").filter(list -> !list.isEmpty()),
                in.text("mems").filter(list -> !list.isEmpty()),
                in.integer("idle", 0, 1));
    }

    private static ResourcesSpec.BlockIo blockIo(JsonFields in) {
        return new ResourcesSpec.BlockIo(
                weight(in, "weight"),
                weight(in, "leafWeight"),
                in.objects("weightDevice", ResourcesReader::weightDevice),
                in.objects("throttleReadBpsDevice", ResourcesReader::throttle),
                in.objects("throttleWriteBpsDevice", ResourcesReader::throttle),
                in.objects("throttleReadIOPSDevice", ResourcesReader::throttle),
                in.objects("throttleWriteIOPSDevice", ResourcesReader::throttle));
    }

    private static Optional<Long> weight(JsonFields in, String name) {
        return nonZero(in.integer(name, 0, BLOCK_WEIGHT_MAX));
    }

    private static ResourcesSpec.WeightDevice weightDevice(JsonFields in) {
        return new ResourcesSpec.WeightDevice(
                number(in, "major"), number(in, "minor"), weight(in, "weight"), weight(in, "leafWeight"));
    }

    private static ResourcesSpec.Throttle throttle(JsonFields in) {
        return new ResourcesSpec.Throttle(
                number(in, "major"), number(in, "minor"), in.unsigned64("rate").orElse(0L));
    }

    private static long number(JsonFields in, String name) {
        return in.integer(name, 0, DEVICE_NUMBER_MAX).orElse(0L);
    }

    private static ResourcesSpec.HugePageLimit hugePages(JsonFields in) {
        return new ResourcesSpec.HugePageLimit(in.requiredText("pageSize"), in.requiredUnsigned64("limit"));
    }

    private static ResourcesSpec.Network network(JsonFields in) {
        List<ResourcesSpec.Priority> priorities = in.objects(
                "priorities",
                each -> new ResourcesSpec.Priority(
                        each.requiredText("name"), each.unsigned32("priority").orElse(0L)));
        return new ResourcesSpec.Network(nonZero(in.unsigned32("classID")), priorities);
    }

    private static Map<String, ResourcesSpec.Rdma> rdma(JsonFields in) {
        Map<String, ResourcesSpec.Rdma> byDevice = new LinkedHashMap<>();
        for (String device : in.names()) {
            in.object(device)
                    .ifPresent(limits -> byDevice.put(
                            device,
                            new ResourcesSpec.Rdma(limits.unsigned32("hcaHandles"), limits.unsigned32("hcaObjects"))));
        }
        return Collections.unmodifiableMap(byDevice);
    }
}
