package io.jmigrate.migration.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directories of this host where a peer's container may have files, by what their names lead to: a container may have put links there. */
record AllowedPlaces(LandingPolicy policy) {
    /** Whether what peers name may be there by its name: not where their containers' files land. */
    boolean name(Path path) {
        return policy.allowedMounts().stream().anyMatch(path.normalize()::startsWith);
    }

    /**
     * Whether one that exists is there, without a link on the way: the runtime would resolve it again, when a container may have put
     * another one into its place.
     *
     * @throws IOException if it does not exist or can't be seen
     */
    boolean hold(Path path) throws IOException {
        return path.toRealPath().equals(path) && leadsInto(path, policy.allowedMounts());
    }

    /** Whether a root filesystem may be there, also if storage is itself in an allowed directory. @throws IOException as above */
    boolean holdRoot(Path rootfs) throws IOException {
        return hold(rootfs) && !leadsInto(rootfs, List.of(policy.storage()));
    }

    /** @param roots directories, of which some may not exist @return whether a path that exists is below one, links followed */
    private static boolean leadsInto(Path path, List<Path> roots) throws IOException {
        Path real = path.toRealPath();
        for (Path root : roots) {
            if (Files.exists(root) && real.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Mounts of a config that are below an allowed directory by their name, and lead elsewhere by a link.
     *
     * @return sentences
     */
    List<String> strayMounts(JsonNode config) {
        return LandingCheck.allowedMounts(config, policy).stream()
                .filter(Files::exists)
                .filter(source -> !leadsToAllowed(source))
                .map(source -> "the config mounts " + JsonPath.quote(source.toString())
                        + " of this host, which is a link to what is not allowed")
                .toList();
    }

    private boolean leadsToAllowed(Path source) {
        try {
            return leadsInto(source, policy.allowedMounts());
        } catch (IOException e) {
            return false; // it can't be seen where it leads to
        }
    }
}
