package io.jmigrate.runtime.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonFields;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.MalformedJsonException;
import io.jmigrate.runtime.json.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The overlay that the annotation {@value #ANNOTATION} has mounted as root filesystem as long as the container exists, a JSON document such as
 *
 * <pre>{"lower":["/srv/images/web"],"upper":"upper","work":"work"}</pre>
 *
 * @param lowers existing directories, the topmost first; nothing is changed in them
 * @param upper holds what the container changes; relative to the bundle or absolute, as the next
 * @param work empty and on the same filesystem, for the kernel alone
 */
public record RootLayers(List<String> lowers, String upper, String work) {
    public static final String ANNOTATION = "io.jmigrate.rootfs";
    /** What mount(2) takes of options is a page. */
    private static final int OPTIONS_BYTES_MAX = 4000;

    public RootLayers {
        lowers = List.copyOf(lowers);
    }

    /**
     * Reads the annotation's text.
     *
     * @param path of the annotation, under which problems are noted
     * @return absent when there are problems
     */
    public static Optional<RootLayers> parse(String json, String path, Problems problems) {
        Problems found = new Problems();
        Optional<RootLayers> layers = read(json, path, found);
        problems.addAll(found.list());
        return found.isEmpty() ? layers : Optional.empty();
    }

    /** The annotation's text. */
    public String annotation() {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        ArrayNode names = text.putArray("lower");
        lowers.forEach(names::add);
        return text.put("upper", upper).put("work", work).toString();
    }

    private static Optional<RootLayers> read(String json, String path, Problems problems) {
        try {
            var tree = JsonText.parse(json.getBytes(StandardCharsets.UTF_8), path, problems);
            JsonFields fields = JsonFields.of(tree, path, problems);
            fields.refuseOthersThan(Set.of("lower", "upper", "work"));
            RootLayers layers =
                    new RootLayers(fields.texts("lower"), fields.requiredText("upper"), fields.requiredText("work"));
            layers.check(fields);
            return Optional.of(layers);
        } catch (MalformedJsonException e) {
            problems.invalid(path, "is not JSON: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void check(JsonFields fields) {
        if (lowers.isEmpty() || !lowers.stream().allMatch(lower -> lower.startsWith("/"))) {
            fields.problems().invalid(fields.path("lower"), "must name at least one directory, by absolute paths");
        }
        if (!Stream.concat(lowers.stream(), Stream.of(upper, work)).allMatch(RootLayers::isPlain)) {
            fields.problems().invalid(fields.path("lower"), "has a path with one of the characters , : \\ or no text");
        }
        if (options(Path.of("/")).length() > OPTIONS_BYTES_MAX) {
            fields.problems().invalid(fields.path("lower"), "names more layers than one mount can have");
        }
    }

    /** Whether the kernel takes a name as it is (overlayfs.rst, "Multiple lower layers"). */
    public static boolean isPlain(String name) {
        return name.chars().noneMatch(each -> each == ',' || each == ':' || each == '\\' || each < ' ');
    }

    /** The options of the mount: without those that tie layers to this host or let an upper layer choose what it hides. */
    public String options(Path bundle) {
        return "lowerdir=" + lowers.stream().collect(Collectors.joining(":")) + ",upperdir=" + bundle.resolve(upper)
                + ",workdir=" + bundle.resolve(work) + ",redirect_dir=off,metacopy=off,index=off";
    }
}
