package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** {@code config.dump} as JSON. */
final class ConfigDump {
    /** What Go writes for a time that was never set. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    /** podman's list of the volumes of a container that have names (libpod/container_config.go). */
    private static final String VOLUMES = "namedVolumes";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigDump() {}

    static byte[] write(ContainerDescription container) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", container.id())
                .put("name", container.name())
                .put("rootfsImageName", container.rootfsImageName())
                .put("runtime", container.runtime())
                .put("createdTime", container.createdTime().toString())
                .put("checkpointedTime", container.checkpointedTime().toString())
                .put("restoredTime", NEVER)
                .put("restored", false);
        List<Volume> volumes = container.volumes().stream()
                .filter(volume -> !volume.isSharedMemory())
                .toList();
        if (!volumes.isEmpty()) {
            ArrayNode named = node.putArray(VOLUMES);
            volumes.forEach(volume -> named.addObject()
                    .put("volumeName", volume.name())
                    .put("dest", volume.destination().toString()));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of strings can always be written", e);
        }
    }

    /** @throws IOException if it isn't JSON of that form; the message says why */
    static ContainerDescription read(byte[] json) throws IOException {
        JsonNode node = JSON.readTree(json);
        if (node == null || !node.isObject()) {
            throw new IOException("not a JSON object");
        }
        return new ContainerDescription(
                node.path("id").asText(),
                node.path("name").asText(),
                node.path("rootfsImageName").asText(),
                node.path("runtime").asText(),
                time(node, "createdTime"),
                time(node, "checkpointedTime"),
                volumes(node.path(VOLUMES)));
    }

    /** What is malformed has no place that a volume could be put back to, and is nothing else's concern. */
    private static List<Volume> volumes(JsonNode array) {
        List<Volume> volumes = new ArrayList<>();
        for (JsonNode node : array) {
            try {
                Path destination = Path.of(node.path("dest").asText()).normalize();
                volumes.add(new Volume(node.path("volumeName").asText(), destination));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return volumes;
    }

    private static Instant time(JsonNode node, String key) throws IOException {
        String text = node.path(key).asText(NEVER);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IOException(key + " is not a time: " + MemberName.printable(text), e);
        }
    }
}
