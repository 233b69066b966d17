package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The config.json that {@code jmigrate spec} writes: a shell as root in namespaces of its own, with few capabilities. */
public final class DefaultSpec {
    private static final String RESOURCE = "default-config.json";

    private DefaultSpec() {}

    /** For the superuser. */
    public static Spec rootful() {
        return Specs.parse(resource(), RESOURCE).spec();
    }

    /**
     * For an ordinary user, who becomes root of a user namespace that maps nobody else. The network is the host's, and /sys
     * with it: nobody else may mount one.
     */
    public static Spec rootless(long uid, long gid) {
        ObjectNode document = rootful().document();
        ObjectNode linux = (ObjectNode) document.get("linux");
        linux.remove("resources");
        ArrayNode namespaces = (ArrayNode) linux.get("namespaces");
        removeIf(namespaces, "type", "network");
        namespaces.addObject().put("type", "user");
        addMapping(linux, "uidMappings", uid);
        addMapping(linux, "gidMappings", gid);
        adaptMounts((ArrayNode) document.get("mounts"));
        return Specs.parse(JsonText.compact(document), RESOURCE).spec();
    }

    private static void adaptMounts(ArrayNode mounts) {
        removeIf(mounts, "destination", "/sys/fs/cgroup");
        for (JsonNode mount : mounts) {
            if (mount.path("options") instanceof ArrayNode options) {
                removeGid(options);
            }
            if (mount.path("destination").asText().equals("/sys")) {
                ObjectNode sys = (ObjectNode) mount;
                sys.put("type", "none").put("source", "/sys");
                ((ArrayNode) sys.get("options")).insert(0, "rbind");
            }
        }
    }

    private static void removeGid(ArrayNode options) {
        for (int i = options.size() - 1; i >= 0; i--) {
            if (options.get(i).asText().startsWith("gid=")) {
                options.remove(i);
            }
        }
    }

    private static void removeIf(ArrayNode objects, String field, String value) {
        for (int i = objects.size() - 1; i >= 0; i--) {
            if (objects.get(i).path(field).asText().equals(value)) {
                objects.remove(i);
            }
        }
    }

    private static void addMapping(ObjectNode linux, String name, long id) {
        linux.putArray(name).addObject().put("containerID", 0).put("hostID", id).put("size", 1);
    }

    private static byte[] resource() {
        try (InputStream in = DefaultSpec.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(in, RESOURCE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE + " of this program", e);
        }
    }
}
