package io.jmigrate.runtime.validate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import java.util.List;
import java.util.Set;

/**
 * Fields of the specification that this version doesn't act on. Leaving one out would run a container with less protection, or
 * other limits, than its author asked for, so each is refused when it is given.
 */
final class UnsupportedFields {
    private static final List<String> OF_ALL = List.of("vm");

    private static final List<String> OF_LINUX = List.of("intelRdt");

    /** Objects by name, or ones whose being there asks for something: even an empty one, or one full of zeros. */
    private static final Set<String> GIVEN_WHEN_THERE = Set.of("intelRdt");

    private UnsupportedFields() {}

    /** Those of an object: {@code linux}, for example. */
    static List<String> of(String parent) {
        return switch (parent) {
            case "linux" -> OF_LINUX;
            default -> List.of();
        };
    }

    static void check(Subject subject, Problems problems) {
        JsonNode document = subject.spec().document();
        refuse("$", document, OF_ALL, problems);
        JsonNode linux = document.path("linux");
        refuse("$.linux", linux, OF_LINUX, problems);
    }

    private static void refuse(String path, JsonNode object, List<String> names, Problems problems) {
        for (String name : names) {
            if (isGiven(name, object.path(name))) {
                problems.unsupported(JsonPath.child(path, name), "is not supported");
            }
        }
    }

    private static boolean isGiven(String name, JsonNode value) {
        if (GIVEN_WHEN_THERE.contains(name)) {
            return !value.isMissingNode() && !value.isNull();
        }
        return isGiven(value);
    }

    /** Programs write what they don't ask for as null, false, zero, or something empty. */
    private static boolean isGiven(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.decimalValue().signum() != 0;
            case STRING -> !value.textValue().isEmpty();
            case ARRAY -> !value.isEmpty();
            default -> anyGiven(value);
        };
    }

    private static boolean anyGiven(JsonNode object) {
        for (JsonNode field : object) {
            if (isGiven(field)) {
                return true;
            }
        }
        return false;
    }
}
