package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The Linux section of an archive's spec. */
final class LinuxReduction {
    private static final List<String> HARMLESS = List.of(
            "uidMappings",
            "gidMappings",
            "sysctl",
            "personality",
            "memoryPolicy",
            "timeOffsets",
            "maskedPaths",
            "readonlyPaths");

    private static final List<String> LIMITS =
            List.of("memory", "cpu", "pids", "hugepageLimits", "blockIO", "network", "rdma");

    /** Without these of its own, a container is among the host's processes, files, queues or packets. */
    private static final Set<String> NAMESPACES = Set.of("pid", "mount", "ipc", "uts", "network");

    /** What is behind these reads the host's memory or keys, or stops the host. */
    private static final List<String> MASKED = List.of("/proc/kcore", "/proc/keys", "/sys/firmware");

    private static final List<String> PROTECTED = List.of("/proc/sys", "/proc/sysrq-trigger");
    private static final Set<String> SPREADING = Set.of("shared", "rshared");

    private final JsonNode from;
    private final Consent consent;
    private final ObjectNode into = JsonNodeFactory.instance.objectNode();

    LinuxReduction(JsonNode from, Consent consent) {
        this.from = from;
        this.consent = consent;
    }

    ObjectNode reduce() {
        HARMLESS.forEach(name -> SpecReduction.copy(from, into, name));
        namespaces();
        paths();
        devices();
        propagation();
        cgroups();
        seccomp();
        String label = from.path("mountLabel").asText();
        if (!label.isEmpty() && consent.to(SpecPart.LABELS, "mountLabel " + Consent.quoted(label))) {
            into.put("mountLabel", label);
        }
        return into;
    }

    private void namespaces() {
        ArrayNode kept = into.putArray("namespaces");
        Set<String> missing = new HashSet<>(NAMESPACES);
        for (JsonNode namespace : from.path("namespaces")) {
            String type = namespace.path("type").asText();
            String path = namespace.path("path").asText();
            missing.remove(type);
            if (path.isEmpty()
                    || consent.to(SpecPart.NAMESPACES, Consent.quoted(type) + " of " + Consent.quoted(path))) {
                kept.add(namespace);
            }
        }
        missing.stream().sorted().forEach(type -> consent.to(SpecPart.NAMESPACES, "the host's " + type));
    }

    private void paths() {
        Set<String> masked = texts(from.path("maskedPaths"));
        Set<String> readonly = texts(from.path("readonlyPaths"));
        for (String path : MASKED) {
            if (!masked.contains(path)) {
                consent.to(SpecPart.UNMASKED, path + " can be read");
            }
        }
        for (String path : PROTECTED) {
            if (!readonly.contains(path) && !masked.contains(path)) {
                consent.to(SpecPart.UNMASKED, path + " can be written");
            }
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void devices() {
        for (JsonNode device : from.path("devices")) {
            if (consent.to(SpecPart.DEVICES, Consent.quoted(device.path("path").asText()))) {
                into.withArray("devices").add(device);
            }
        }
        from.path("netDevices").properties().forEach(device -> {
            if (consent.to(SpecPart.DEVICES, "the network's " + Consent.quoted(device.getKey()))) {
                into.withObject("netDevices").set(device.getKey(), device.getValue());
            }
        });
    }

    private void propagation() {
        String how = from.path("rootfsPropagation").asText();
        if (!how.isEmpty()
                && (!SPREADING.contains(how) || consent.to(SpecPart.MOUNTS, "a root filesystem that is " + how))) {
            into.put("rootfsPropagation", how);
        }
    }

    private void cgroups() {
        String path = from.path("cgroupsPath").asText();
        if (!path.isEmpty() && consent.to(SpecPart.CGROUPS, "cgroupsPath " + Consent.quoted(path))) {
            into.put("cgroupsPath", path);
        }
        ObjectNode resources = into.putObject("resources");
        LIMITS.forEach(name -> SpecReduction.copy(from.path("resources"), resources, name));
        from.path("resources").path("unified").properties().forEach(file -> {
            if (consent.to(SpecPart.CGROUPS, Consent.quoted(file.getKey()))) {
                resources.withObject("unified").set(file.getKey(), file.getValue());
            }
        });
        resources.set("devices", deviceRules());
    }

    /** Nothing but the default devices, which every container may use, unless more was consented to. */
    private ArrayNode deviceRules() {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("allow", false).put("access", "rwm");
        for (JsonNode rule : from.path("resources").path("devices")) {
            if (!rule.path("allow").asBoolean()
                    || UsualDevices.include(rule)
                    || consent.to(SpecPart.DEVICES, words(rule))) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static String words(JsonNode rule) {
        return "access to " + Consent.quoted(rule.path("type").asText("a")) + " " + number(rule, "major") + ":"
                + number(rule, "minor");
    }

    private static String number(JsonNode rule, String name) {
        return rule.path(name).isNumber() ? rule.path(name).asText() : "*";
    }

    /** A filter confines, but for its listener, which is a socket of the host. */
    private void seccomp() {
        if (from.path("seccomp") instanceof ObjectNode filter) {
            ObjectNode kept = filter.deepCopy();
            kept.remove(List.of("listenerPath", "listenerMetadata"));
            into.set("seccomp", kept);
        }
    }
}
