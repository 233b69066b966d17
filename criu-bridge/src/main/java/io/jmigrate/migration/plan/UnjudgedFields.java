package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a reduced config lacks without anybody having been asked: fields that nobody has judged yet. An archive's container is restored
 * without them; a container that moves keeps all that it has, or stays.
 */
final class UnjudgedFields {
    /** What is judged by its content, each with a sentence of its own. */
    private static final Set<String> JUDGED = Set.of(
            "hooks",
            "annotations",
            "cgroupsPath",
            "devices",
            "netDevices",
            "unified",
            "capabilities",
            "apparmorProfile",
            "selinuxLabel",
            "mountLabel",
            "rootfsPropagation");

    private static final List<String> PARTS =
            List.of("", "/process", "/root", "/linux", "/linux/resources", "/linux/seccomp");

    private UnjudgedFields() {}

    /** @return sentences */
    static List<String> of(ObjectNode config, ObjectNode reduced) {
        List<String> problems = new ArrayList<>();
        for (String part : PARTS) {
            JsonNode kept = reduced.at(part);
            config.at(part).properties().forEach(field -> {
                String name = field.getKey();
                if (!kept.has(name) && !JUDGED.contains(name) && !isNothing(field.getValue())) {
                    problems.add("the config has " + shown(part + "/" + name) + ", which no peer's may have");
                }
            });
        }
        return problems;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.asText().isEmpty();
    }

    /** As it may be printed: {@code linux.intelRdt}. */
    private static String shown(String pointer) {
        return pointer.substring(1).replace('/', '.').replaceAll("[^A-Za-z0-9_.-]", "?");
    }
}
