package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;

/** Reads the {@code linux} object. */
final class LinuxReader {
    private static final long DEVICE_NUMBER_MAX = 0xffff_ffffL;

    private LinuxReader() {}

    static LinuxSpec linux(JsonFields in) {
        return new LinuxSpec(
                in.objects("namespaces", LinuxReader::namespace),
                in.objects("uidMappings", LinuxReader::idMapping),
                in.objects("gidMappings", LinuxReader::idMapping),
                in.objects("devices", LinuxReader::device),
                in.text("cgroupsPath").filter(path -> !path.isEmpty()),
                in.object("resources").map(LinuxReader::resources).orElse(ResourcesSpec.NONE),
                in.text("rootfsPropagation").filter(propagation -> !propagation.isEmpty()),
                in.textMap("sysctl"),
                in.texts("maskedPaths"),
                in.texts("readonlyPaths"));
    }

    private static NamespaceSpec namespace(JsonFields in) {
        return new NamespaceSpec(in.requiredText("type"), in.text("path").filter(path -> !path.isEmpty()));
    }

    private static IdMappingSpec idMapping(JsonFields in) {
        return new IdMappingSpec(
                in.unsigned32("containerID").orElse(0L),
                in.unsigned32("hostID").orElse(0L),
                in.unsigned32("size").orElse(0L));
    }

    private static DeviceSpec device(JsonFields in) {
        return new DeviceSpec(
                in.text("path").orElse(""),
                in.text("type").orElse(""),
                in.integer("major", 0, DEVICE_NUMBER_MAX),
                in.integer("minor", 0, DEVICE_NUMBER_MAX),
                in.unsigned32("fileMode"),
                in.id("uid"),
                in.id("gid"));
    }

    private static ResourcesSpec resources(JsonFields in) {
        return new ResourcesSpec(
                in.objects("devices", LinuxReader::deviceRule),
                in.object("memory").map(LinuxReader::memory).orElse(ResourcesSpec.Memory.NONE),
                in.object("cpu").map(LinuxReader::cpu).orElse(ResourcesSpec.Cpu.NONE),
                in.object("pids").flatMap(pids -> pids.integer("limit", -1, Long.MAX_VALUE)));
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
                in.integer("limit", -1, Long.MAX_VALUE),
                in.integer("reservation", -1, Long.MAX_VALUE),
                in.integer("swap", -1, Long.MAX_VALUE));
    }

    private static ResourcesSpec.Cpu cpu(JsonFields in) {
        return new ResourcesSpec.Cpu(
                in.unsigned64("shares"),
                in.integer("quota", Long.MIN_VALUE, Long.MAX_VALUE),
                in.unsigned64("period"),
                in.text("cpus").filter(list -> !list.isEmpty()),
                in.text("mems").filter(list -> !list.isEmpty()));
    }
}
