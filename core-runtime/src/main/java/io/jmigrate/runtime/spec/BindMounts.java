package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Mounts of a config.json that show what is elsewhere on the host (config-linux.md and config.md, Mounts). */
public final class BindMounts {
    private static final String TYPE = "bind";
    private static final Set<String> OPTIONS = Set.of("bind", "rbind");

    private BindMounts() {}

    /** Whether an element of {@code mounts} is one, by its type or by an option. */
    public static boolean include(JsonNode mount) {
        return mount.path("type").asText().equals(TYPE)
                || StreamSupport.stream(mount.path("options").spliterator(), false)
                        .map(JsonNode::asText)
                        .anyMatch(OPTIONS::contains);
    }
}
