package io.jmigrate.runtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the fields of one JSON object. A field that is missing, null or of another type than asked for reads as absent; the
 * last of these is noted as a problem, so that reading never stops.
 */
public final class JsonFields {
    private static final long UNSIGNED_32_MAX = 0xffff_ffffL;
    /** One less than what fits: system calls take 2^32-1, which is -1, for "leave it as it is" (setresuid(2), chown(2)). */
    private static final long ID_MAX = UNSIGNED_32_MAX - 1;

    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final JsonScalars scalars;

    private JsonFields(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
        this.scalars = new JsonScalars(problems);
    }

    /** The fields of a value, which is noted as a problem if it isn't an object. */
    public static JsonFields of(JsonNode value, String path, Problems problems) {
        if (value.isObject()) {
            return new JsonFields(value, path, problems);
        }
        problems.invalid(path, "must be an object, is " + JsonWords.describe(value));
        return new JsonFields(JsonNodeFactory.instance.objectNode(), path, problems);
    }

    /** Notes every field whose name isn't among those given. */
    public void refuseOthersThan(Set<String> names) {
        for (var field : object.properties()) {
            if (!names.contains(field.getKey())) {
                problems.invalid(path(field.getKey()), "is not a known field");
            }
        }
    }

    /** The names of the fields that are not null. */
    public Set<String> names() {
        return object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The path of this object. */
    public String path() {
        return path;
    }

    /** The path of a field of this object. */
    public String path(String name) {
        return JsonPath.child(path, name);
    }

    public Problems problems() {
        return problems;
    }

    public Optional<String> text(String name) {
        return value(name).flatMap(value -> scalars.text(value, path(name)));
    }

    /** The text of a field that must be there and say something; else it is noted and reads as empty text. */
    public String requiredText(String name) {
        noteIfMissing(name);
        Optional<String> text = text(name);
        text.filter(String::isEmpty).ifPresent(_ -> problems.invalid(path(name), "must not be empty"));
        return text.orElse("");
    }

    /** An unsigned 64-bit integer that must be there; a missing one is noted and reads as 0. */
    public long requiredUnsigned64(String name) {
        noteIfMissing(name);
        return unsigned64(name).orElse(0L);
    }

    /** False when absent, as the runtime specification has it for all of its booleans. */
    public boolean flag(String name) {
        return value(name).flatMap(value -> scalars.flag(value, path(name))).orElse(false);
    }

    /** An integer from min to max, both included. */
    public Optional<Long> integer(String name, long min, long max) {
        return value(name).flatMap(value -> scalars.integer(value, path(name), min, max));
    }

    /** A user or group id, from 0 to 2^32-2. */
    public Optional<Long> id(String name) {
        return integer(name, 0, ID_MAX);
    }

    /** An unsigned 32-bit integer: file modes and the numbers of id maps. */
    public Optional<Long> unsigned32(String name) {
        return integer(name, 0, UNSIGNED_32_MAX);
    }

    /** An unsigned 64-bit integer, to be printed and compared as unsigned. */
    public Optional<Long> unsigned64(String name) {
        return value(name).flatMap(value -> scalars.unsigned64(value, path(name)));
    }

    public Optional<JsonFields> object(String name) {
        return value(name).map(value -> of(value, path(name), problems));
    }

    /** The objects of an array; empty when absent. */
    public <T> List<T> objects(String name, Function<JsonFields, T> read) {
        List<T> list = new ArrayList<>();
        List<JsonNode> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            list.add(read.apply(of(elements.get(i), JsonPath.element(path(name), i), problems)));
        }
        return List.copyOf(list);
    }

    /** The strings of an array; empty when absent, and without the elements that aren't strings. */
    public List<String> texts(String name) {
        List<String> list = new ArrayList<>();
        List<JsonNode> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            scalars.text(elements.get(i), JsonPath.element(path(name), i)).ifPresent(list::add);
        }
        return List.copyOf(list);
    }

    /** An array of user or group ids; empty when absent, and without the elements that aren't. */
    public List<Long> ids(String name) {
        List<Long> list = new ArrayList<>();
        List<JsonNode> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            scalars.integer(elements.get(i), JsonPath.element(path(name), i), 0, ID_MAX)
                    .ifPresent(list::add);
        }
        return List.copyOf(list);
    }

    /** An object whose values are strings, in the order of the document; empty when absent. */
    public Map<String, String> textMap(String name) {
        return map(name, scalars::text);
    }

    /** The same, of objects. */
    public <T> Map<String, T> objectMap(String name, Function<JsonFields, T> read) {
        return map(name, (value, where) -> Optional.of(read.apply(of(value, where, problems))));
    }

    private <T> Map<String, T> map(String name, BiFunction<JsonNode, String, Optional<T>> read) {
        Map<String, T> map = new LinkedHashMap<>();
        object(name).ifPresent(fields -> fields.object.properties().forEach(field -> read.apply(
                        field.getValue(), fields.path(field.getKey()))
                .ifPresent(value -> map.put(field.getKey(), value))));
        return Collections.unmodifiableMap(map);
    }

    /** Whether a field is there, whatever its type. */
    public boolean has(String name) {
        return value(name).isPresent();
    }

    private void noteIfMissing(String name) {
        if (!has(name)) {
            problems.invalid(path(name), "is required");
        }
    }

    private List<JsonNode> elements(String name) {
        List<JsonNode> elements = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (value.isArray()) {
                value.forEach(elements::add);
            } else {
                problems.invalid(path(name), "must be an array, is " + JsonWords.describe(value));
            }
        });
        return elements;
    }

    private Optional<JsonNode> value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
