package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The programs whose archives are known (checkpointctl lib/metadata.go). Information for people; nothing is decided by it. */
public enum Engine {
    PODMAN("podman"),
    CRIO("CRI-O"),
    CONTAINERD("containerd"),
    JMIGRATE("jmigrate"),
    UNKNOWN("unknown");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANAGER = "io.container.manager";
    private static final String CONTAINERD_TYPE = "io.kubernetes.cri.container-type";
    private static final String CONTAINERD_STATUS = "status.dump";
    private static final String CONTAINERD_RUNTIME = "io.containerd.";
    private static final String OURS = "jmigrate";

    private final String shown;

    Engine(String shown) {
        this.shown = shown;
    }

    /**
     * Judges by the annotations of the container's config, then by the members that only one of them writes.
     *
     * @param spec {@code spec.dump}
     * @param members names of all members
     * @param runtime the one that {@code config.dump} names: this one with podman too, if it uses jmigrate
     */
    static Engine of(Optional<byte[]> spec, Set<String> members, Optional<String> runtime) {
        JsonNode annotations = spec.map(Engine::annotations).orElse(MissingNode.getInstance());
        return switch (annotations.path(MANAGER).asText()) {
            case "libpod" -> PODMAN;
            case "cri-o" -> CRIO;
            default -> {
                boolean containerd = annotations.has(CONTAINERD_TYPE)
                        || members.contains(CONTAINERD_STATUS)
                        || runtime.filter(name -> name.startsWith(CONTAINERD_RUNTIME))
                                .isPresent();
                yield containerd ? CONTAINERD : runtime.filter(OURS::equals).isPresent() ? JMIGRATE : UNKNOWN;
            }
        };
    }

    /** What can't be read tells nothing. */
    private static JsonNode annotations(byte[] spec) {
        try {
            return JSON.readTree(spec).path("annotations");
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The name that people know. */
    @Override
    public String toString() {
        return shown;
    }
}
