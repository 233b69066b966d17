package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;

/** Reads the {@code linux} object. */
final class LinuxReader {
    private static final long DEVICE_NUMBER_MAX = 0xffff_ffffL;

    private static final long NANOSECONDS_MAX = 999_999_999;

    private LinuxReader() {}

    static LinuxSpec linux(JsonFields in) {
        return new LinuxSpec(
                in.objects("namespaces", LinuxReader::namespace),
                in.objects("uidMappings", LinuxReader::idMapping),
                in.objects("gidMappings", LinuxReader::idMapping),
                in.objects("devices", LinuxReader::device),
                in.text("cgroupsPath").filter(path -> !path.isEmpty()),
                in.object("resources").map(ResourcesReader::resources).orElse(ResourcesSpec.NONE),
                in.text("rootfsPropagation").filter(propagation -> !propagation.isEmpty()),
                in.textMap("sysctl"),
                in.texts("maskedPaths"),
                in.texts("readonlyPaths"),
                in.object("seccomp").map(SeccompReader::seccomp),
                in.objectMap("timeOffsets", LinuxReader::timeOffset),
                in.text("mountLabel").filter(label -> !label.isEmpty()),
                in.object("personality").map(LinuxReader::personality),
                in.object("memoryPolicy").map(LinuxReader::memoryPolicy),
                in.objectMap("netDevices", LinuxReader::netDevice));
    }

    private static PersonalitySpec personality(JsonFields in) {
        return new PersonalitySpec(in.requiredText("domain"), in.texts("flags"));
    }

    private static MemoryPolicySpec memoryPolicy(JsonFields in) {
        return new MemoryPolicySpec(
                in.requiredText("mode"), in.text("nodes").filter(list -> !list.isEmpty()), in.texts("flags"));
    }

    private static NetDeviceSpec netDevice(JsonFields in) {
        return new NetDeviceSpec(in.text("name").filter(name -> !name.isEmpty()));
    }

    private static TimeOffsetSpec timeOffset(JsonFields in) {
        return new TimeOffsetSpec(
                in.integer("secs", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0L),
                in.integer("nanosecs", 0, NANOSECONDS_MAX).orElse(0L));
    }

    private static NamespaceSpec namespace(JsonFields in) {
        return new NamespaceSpec(in.requiredText("type"), in.text("path").filter(path -> !path.isEmpty()));
    }

    static IdMappingSpec idMapping(JsonFields in) {
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
}
