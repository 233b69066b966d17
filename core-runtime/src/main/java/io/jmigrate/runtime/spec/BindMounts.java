package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Mounts of a config.json that show what is elsewhere on the host (config-linux.md and config.md, Mounts). */
public final class BindMounts {
    private static final String TYPE = "bind";
    private static final Set<String> OPTIONS = Set.of("bind", "rbind");
    private static final Set<String> READ_ONLY = Set.of("ro", "rro");

    private BindMounts() {}

    /**
     * What is seen at a place in the container, if that is a bind mount: of several mounts at one place the last.
     *
     * @param bundle what relative sources are relative to
     * @param destination in the container, absolute
     */
    public static Optional<Path> source(Spec spec, Path bundle, Path destination) {
        JsonNode seen = seen(spec, destination);
        return include(seen) && seen.hasNonNull("source")
                ? Optional.of(bundle.resolve(seen.path("source").asText()).normalize())
                : Optional.empty();
    }

    /** Whether an option of what is seen at a place in the container, absolute, says that nothing is written there. */
    public static boolean isReadOnly(Spec spec, Path destination) {
        return hasOption(seen(spec, destination), READ_ONLY);
    }

    private static JsonNode seen(Spec spec, Path destination) {
        JsonNode seen = MissingNode.getInstance();
        for (JsonNode mount : spec.document().path("mounts")) {
            Path place =
                    Path.of("/").resolve(mount.path("destination").asText()).normalize();
            seen = place.equals(destination) ? mount : seen;
        }
        return seen;
    }

    /** Whether an element of {@code mounts} is one, by its type or by an option. */
    public static boolean include(JsonNode mount) {
        return mount.path("type").asText().equals(TYPE) || hasOption(mount, OPTIONS);
    }

    private static boolean hasOption(JsonNode mount, Set<String> any) {
        return StreamSupport.stream(mount.path("options").spliterator(), false)
                .map(JsonNode::asText)
                .anyMatch(any::contains);
    }
}
