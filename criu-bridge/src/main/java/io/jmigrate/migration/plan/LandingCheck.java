package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.spec.BindMounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What a peer's config asks of this host, against what this host allows; all objections together. */
public final class LandingCheck {
    private static final Set<String> VIRTUAL =
            Set.of("proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup", "cgroup2");

    private final LandingPolicy policy;
    private final List<String> problems = new ArrayList<>();

    private LandingCheck(LandingPolicy policy) {
        this.policy = policy;
    }

    /** @param config parsed config.json of the arriving container @return sentences, empty if it may land */
    public static List<String> of(JsonNode config, LandingPolicy policy) {
        LandingCheck check = new LandingCheck(policy);
        check.hooks(config.path("hooks"));
        config.path("mounts").forEach(check::mount);
        check.devices(config.path("linux"));
        config.path("linux").path("namespaces").forEach(check::namespace);
        return List.copyOf(check.problems);
    }

    /** The paths of this host that the config mounts, of those that it may. */
    public static List<Path> allowedMounts(JsonNode config, LandingPolicy policy) {
        LandingCheck check = new LandingCheck(policy);
        return StreamSupport.stream(config.path("mounts").spliterator(), false)
                .filter(BindMounts::include)
                .map(mount -> mount.path("source").asText(""))
                .filter(check::allows)
                .map(Path::of)
                .toList();
    }

    private void hooks(JsonNode hooks) {
        for (JsonNode kind : hooks) {
            if (!kind.isEmpty()) {
                problems.add("the config has hooks, programs that would run on this host");
                return;
            }
        }
    }

    private void mount(JsonNode mount) {
        String source = mount.path("source").asText("");
        String type = mount.path("type").asText("");
        if (BindMounts.include(mount)) {
            if (!allows(source)) {
                problems.add("the config mounts " + source + " of this host, which is not allowed");
            }
        } else if (!VIRTUAL.contains(type)) {
            problems.add("the config mounts a file system of the type \"" + type + "\"");
        }
    }

    /** Whether a path of this host is below one of the allowed directories, by its name as by what the name stands for. */
    private boolean allows(String source) {
        Path path = Path.of(source);
        return path.isAbsolute() && policy.allowedMounts().stream().anyMatch(path.normalize()::startsWith);
    }

    private void devices(JsonNode linux) {
        if (!linux.path("devices").isEmpty()) {
            problems.add("the config has devices beyond the default ones");
        }
        for (JsonNode rule : linux.path("resources").path("devices")) {
            if (rule.path("allow").asBoolean()) {
                problems.add("the config lets the container use devices beyond the default ones");
                return;
            }
        }
    }

    private void namespace(JsonNode namespace) {
        if (namespace.has("path")) {
            problems.add("the config joins the " + namespace.path("type").asText() + " namespace of another process");
        }
    }
}
