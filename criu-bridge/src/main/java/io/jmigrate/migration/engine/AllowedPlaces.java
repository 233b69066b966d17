package io.jmigrate.migration.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directories of this host where a peer's container may have files, by what their names lead to: a container may have put links there. */
record AllowedPlaces(LandingPolicy policy) {
    /** Whether a root filesystem may be there. @throws IOException if it does not exist or can't be seen */
    boolean hold(Path rootfs) throws IOException {
        return roots().anyMatch(rootfs.normalize()::startsWith) && leadsInto(rootfs, roots());
    }

    /** Whether a layer may be there by its name: not where containers of peers write. */
    boolean nameLayer(Path layer) {
        return policy.allowedMounts().stream().anyMatch(layer.normalize()::startsWith);
    }

    /** Whether one that exists is there by what its name leads to. @throws IOException if it can't be seen */
    boolean holdLayer(Path layer) throws IOException {
        return leadsInto(layer, policy.allowedMounts().stream());
    }

    private Stream<Path> roots() {
        return Stream.concat(Stream.of(policy.storage()), policy.allowedMounts().stream());
    }

    /** @param roots directories, of which some may not exist @return whether a path that exists is below one, links followed */
    private static boolean leadsInto(Path path, Stream<Path> roots) throws IOException {
        Path real = path.toRealPath();
        for (Path root : (Iterable<Path>) roots::iterator) {
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
            return leadsInto(source, policy.allowedMounts().stream());
        } catch (IOException e) {
            return false; // it can't be seen where it leads to
        }
    }
}
