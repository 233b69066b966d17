package io.jmigrate.archive.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code config.dump} in the form of an engine. */
final class ConfigDocument {
    /** What all of them understand (checkpointctl, lib/metadata.go, ContainerConfig). */
    private static final List<String> SHARED = List.of(
            "id",
            "name",
            "rootfsImage",
            "rootfsImageRef",
            "rootfsImageName",
            "runtime",
            "createdTime",
            "checkpointedTime",
            "restoredTime",
            "restored");

    /** podman's own image of a container, which only an archive of podman's has. */
    private static final String PODMANS_IMAGE_ID = "rootfsImageID";

    /** Where the volumes were whose files these two carry. */
    private static final String VOLUMES = "namedVolumes";

    private ConfigDocument() {}

    /**
     * The document for a layout.
     *
     * @param image a name that the engine knows an image by, where the document doesn't know one
     */
    static ObjectNode of(ObjectNode from, Layout to, Optional<String> image) {
        boolean podmans = from.has(PODMANS_IMAGE_ID);
        ObjectNode config = to == Layout.PODMAN && podmans ? from.deepCopy() : shared(from);
        if (from.has(VOLUMES) && (to == Layout.PODMAN || to == Layout.JMIGRATE)) {
            config.set(VOLUMES, from.get(VOLUMES));
        }
        image.ifPresent(name -> setImage(config, name));
        if (to == Layout.PODMAN) {
            forPodman(config);
        }
        return config;
    }

    private static ObjectNode shared(ObjectNode from) {
        ObjectNode config = Documents.object();
        for (String key : SHARED) {
            if (from.has(key)) {
                config.set(key, from.get(key));
            }
        }
        return config;
    }

    private static void setImage(ObjectNode config, String name) {
        config.put("rootfsImage", name).put("rootfsImageRef", name).put("rootfsImageName", name);
        config.remove(PODMANS_IMAGE_ID);
    }

    /** podman takes 64 hexadecimal digits for an id, and an image by its name where it expects an id. */
    private static void forPodman(ObjectNode config) {
        if (!config.has(PODMANS_IMAGE_ID)) {
            config.put(PODMANS_IMAGE_ID, config.path("rootfsImageName").asText());
        }
        String id = config.path("id").asText();
        if (!id.matches("[0-9a-f]{64}")) {
            config.put("id", Sha256.hex(id.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The image that the container was made of, if the document names one: what is a path is a bundle of ours. */
    static Optional<String> image(JsonNode config) {
        return Optional.of(config.path("rootfsImageName").asText())
                .filter(name -> !name.isEmpty() && !name.startsWith("/"));
    }
}
