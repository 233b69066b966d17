package io.jmigrate.archive.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The documents of an archive, rewritten for another engine. */
public final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /**
     * The documents of an archive that is converted.
     *
     * @param config {@code config.dump} as it was
     * @param spec {@code spec.dump} as it was
     * @param to for whom
     * @param image what the engine calls the image that the container was made of, where the archive doesn't know
     * @param there names of all members that the archive has already
     * @return by name, in order; empty if the engine makes containers of images and none is known
     * @throws IOException if a document isn't a JSON object; the message says which
     */
    public static Optional<Map<String, byte[]>> rewritten(
            byte[] config, byte[] spec, Layout to, Optional<String> image, Set<String> there) throws IOException {
        ObjectNode configFrom = parsed("config.dump", config);
        ObjectNode specTo = parsed("spec.dump", spec);
        if (to.needsImage() && image.or(() -> ConfigDocument.image(configFrom)).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode configTo = ConfigDocument.of(configFrom, to, image);
        SpecDocument.rewrite(specTo, to, configTo);
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("config.dump", pretty(configTo));
        documents.put("spec.dump", pretty(specTo));
        add(documents, configTo, to);
        documents.keySet().removeIf(there::contains);
        return Optional.of(documents);
    }

    private static void add(Map<String, byte[]> documents, ObjectNode config, Layout to) {
        switch (to) {
            case PODMAN, JMIGRATE ->
                documents.put("network.status", compact(object()).getBytes(StandardCharsets.UTF_8));
            case CRI_O -> {}
            case CONTAINERD -> {
                documents.put("status.dump", pretty(ContainerdStatus.cri(config)));
                documents.put("status", pretty(ContainerdStatus.internal(config)));
            }
        }
    }

    private static ObjectNode parsed(String name, byte[] json) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (IOException e) {
            throw new IOException(name + " is not JSON", e);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IOException(name + " is not a JSON object");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String compact(JsonNode node) {
        return node.toString();
    }

    private static byte[] pretty(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }
}
