package io.jmigrate.cli.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A busybox bundle to which mounts are added.
 *
 * @param path of the bundle
 */
record MountedBundle(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static MountedBundle in(Path parent, String... command) {
        return new MountedBundle(Busybox.bundle(parent, command));
    }

    /** Adds a mount. */
    MountedBundle mounting(String destination, String type, String source, String... options) throws IOException {
        ObjectNode config = config();
        ObjectNode mount = config.withArray("mounts").addObject();
        mount.put("destination", destination).put("type", type).put("source", source);
        List.of(options).forEach(mount.putArray("options")::add);
        return write(config);
    }

    /** Maps the ids of the mount that was added last. */
    MountedBundle mapping(int containerId, int hostId, int size) throws IOException {
        ObjectNode config = config();
        ArrayNode mounts = config.withArray("mounts");
        for (String map : List.of("uidMappings", "gidMappings")) {
            ((ObjectNode) mounts.get(mounts.size() - 1))
                    .putArray(map)
                    .addObject()
                    .put("containerID", containerId)
                    .put("hostID", hostId)
                    .put("size", size);
        }
        return write(config);
    }

    private Path file() {
        return path.resolve("config.json");
    }

    private ObjectNode config() throws IOException {
        return (ObjectNode) JSON.readTree(Files.readAllBytes(file()));
    }

    private MountedBundle write(ObjectNode config) throws IOException {
        JSON.writeValue(file().toFile(), config);
        return this;
    }
}
