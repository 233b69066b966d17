package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonPath;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be other in a container than its config.json has it.
 *
 * @param mountSources sources of bind mounts, absolute, to what takes their place; what is below one is below the other
 * @param cgroupParent the cgroup (with systemd the slice) that the container's is to be in
 * @param hostname in the container's UTS namespace
 * @param annotations other values of annotations
 */
public record SpecChanges(
        Map<Path, Path> mountSources,
        Optional<String> cgroupParent,
        Optional<String> hostname,
        Map<String, String> annotations) {
    /** Where a config says which cgroup it wants. */
    public static final String CGROUPS_PATH = "$.linux.cgroupsPath";

    /** Nothing. */
    public static final SpecChanges NONE = new SpecChanges(Map.of(), Optional.empty(), Optional.empty(), Map.of());

    public SpecChanges {
        mountSources = Map.copyOf(mountSources);
        Objects.requireNonNull(cgroupParent);
        Objects.requireNonNull(hostname);
        annotations = Map.copyOf(annotations);
    }

    public SpecChanges withMountSource(Path from, Path to) {
        Map<Path, Path> sources = new LinkedHashMap<>(mountSources);
        sources.put(from, to);
        return new SpecChanges(sources, cgroupParent, hostname, annotations);
    }

    public SpecChanges withCgroupParent(String path) {
        return new SpecChanges(mountSources, Optional.of(path), hostname, annotations);
    }

    public SpecChanges withHostname(String name) {
        return new SpecChanges(mountSources, cgroupParent, Optional.of(name), annotations);
    }

    public SpecChanges withAnnotation(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.put(name, value);
        return new SpecChanges(mountSources, cgroupParent, hostname, all);
    }

    /**
     * The document with the changes; the given one stays as it is.
     *
     * @param bundle what relative sources of mounts are relative to
     * @param name of the container's cgroup, if the document gives it none
     * @throws Failure INVALID_CHANGE if no bind mount comes from a source that is to be replaced
     */
    ObjectNode applyTo(ObjectNode document, Path bundle, String name) {
        ObjectNode changed = document.deepCopy();
        mountSources.forEach((from, to) -> replaceSource(changed, bundle, from, to));
        cgroupParent.ifPresent(parent -> {
            ObjectNode linux = changed.withObject("/linux");
            linux.put("cgroupsPath", within(parent, linux.path("cgroupsPath").asText(""), name));
        });
        hostname.ifPresent(host -> changed.put("hostname", host));
        annotations.forEach((key, value) -> changed.withObject("/annotations").put(key, value));
        return changed;
    }

    /** The JSON paths of fields that {@link #applyTo} has made other, with what to call each. */
    Map<String, String> fields(ObjectNode before, ObjectNode after) {
        Map<String, String> fields = new LinkedHashMap<>();
        cgroupParent.ifPresent(_ -> fields.put(CGROUPS_PATH, "the cgroup's parent"));
        hostname.ifPresent(_ -> fields.put("$.hostname", "the host name"));
        for (int i = 0; i < after.path("mounts").size(); i++) {
            if (!source(before, i).equals(source(after, i))) {
                fields.put(JsonPath.element("$.mounts", i) + ".source", "a mount's source");
            }
        }
        return fields;
    }

    private static JsonNode source(ObjectNode document, int mount) {
        return document.path("mounts").path(mount).path("source");
    }

    private static void replaceSource(ObjectNode document, Path bundle, Path from, Path to) {
        boolean found = false;
        for (JsonNode mount : document.path("mounts")) {
            if (mount instanceof ObjectNode bind && BindMounts.include(bind) && bind.hasNonNull("source")) {
                Path source = bundle.resolve(bind.path("source").asText()).normalize();
                if (source.startsWith(from)) {
                    bind.put(
                            "source",
                            to.resolve(from.relativize(source)).normalize().toString());
                    found = true;
                }
            }
        }
        if (!found) {
            throw Failure.of(RuntimeCode.INVALID_CHANGE, "no bind mount of the container comes from " + from);
        }
    }

    /** {@code SLICE:PREFIX:NAME} is systemd's form of a path, and {@code jmigrate} the prefix of one that has none. */
    private static String within(String parent, String path, String name) {
        if (path.isEmpty() && parent.endsWith(".slice") && !parent.contains("/")) {
            return parent + ":jmigrate:" + name;
        }
        int slice = path.indexOf(':');
        if (slice >= 0 && !path.startsWith("/")) {
            return parent + path.substring(slice);
        }
        Path last = Path.of(path.isEmpty() ? name : path).getFileName();
        return Path.of(parent).resolve(last == null ? Path.of(name) : last).toString();
    }
}
