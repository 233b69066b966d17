package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Limits of a container that is there already, which are to be others: an object like {@code linux.resources} with those that change.
 * What is null, empty or a zero that means "not given" changes nothing. Members of lists replace those that are about the same device,
 * page size or interface; others are added.
 *
 * @param document treat it as read-only
 */
public record ResourcesChange(ObjectNode document) {
    /** Numbers for which zero is a value like others. */
    private static final Set<String> ZERO_IS_A_VALUE =
            Set.of("swappiness", "idle", "burst", "hcaHandles", "hcaObjects");

    /** What tells the members of a list apart, whichever list it is. */
    private static final List<String> IDENTITY = List.of("major", "minor", "pageSize", "name");

    private static final String DEVICES = "devices";

    public static final ResourcesChange NONE = new ResourcesChange(JsonNodeFactory.instance.objectNode());

    /**
     * Reads a change from memory.
     *
     * @param name what to call it in a failure
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG if it is no JSON object
     */
    public static ResourcesChange parse(byte[] json, String name) {
        return new ResourcesChange(Specs.object(json, name));
    }

    /** Reads a change from a file. @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, IO */
    public static ResourcesChange read(Path file) {
        return parse(Specs.bytesOf(file), file.toString());
    }

    /** UTF-8. */
    public byte[] bytes() {
        return JsonText.pretty(document);
    }

    public boolean isEmpty() {
        return document.isEmpty();
    }

    /** Whether it has rules about devices, which are left out by {@link #appliedTo}: they hold from the start to the end. */
    public boolean hasDeviceRules() {
        return !document.path(DEVICES).isEmpty();
    }

    /** The same change with a later one on top. */
    public ResourcesChange then(ResourcesChange later) {
        ObjectNode both = document.deepCopy();
        merge(both, later.document);
        return new ResourcesChange(both);
    }

    /** A spec like the one given, with the changed limits; its problems are noted anew. */
    public SpecReading appliedTo(Spec spec) {
        ObjectNode changed = spec.document().deepCopy();
        ObjectNode limits = document.deepCopy();
        limits.remove(DEVICES);
        merge(member(member(changed, "linux"), "resources"), limits);
        return Specs.parse(JsonText.compact(changed), Specs.FILE_NAME);
    }

    private static void merge(ObjectNode target, ObjectNode change) {
        for (var field : change.properties()) {
            String name = field.getKey();
            switch (field.getValue()) {
                case ObjectNode object -> merge(member(target, name), object);
                case ArrayNode array -> mergeLists(target.withArray(name), array);
                case JsonNode value when isGiven(name, value) -> target.set(name, value);
                default -> {
                    // not given
                }
            }
        }
    }

    private static ObjectNode member(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
    }

    private static boolean isGiven(String name, JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> false;
            case STRING -> !value.textValue().isEmpty();
            case NUMBER -> value.decimalValue().signum() != 0 || ZERO_IS_A_VALUE.contains(name);
            default -> true;
        };
    }

    private static void mergeLists(ArrayNode target, ArrayNode change) {
        for (JsonNode member : change) {
            for (int i = target.size() - 1; i >= 0; i--) {
                if (identity(target.get(i)).equals(identity(member))) {
                    target.remove(i);
                }
            }
            target.add(member);
        }
    }

    private static List<JsonNode> identity(JsonNode member) {
        return IDENTITY.stream().map(member::path).toList();
    }
}
