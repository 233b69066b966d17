package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.runtime.spec.BindMounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Mounts that an archive's spec asks for. */
final class MountReduction {
    /** Filesystems that come with the container's namespaces and hold nothing of the host's. */
    private static final Set<String> ITS_OWN = Set.of("proc", "tmpfs", "devpts", "mqueue");

    /** They show the host's devices and cgroups, and let them be changed unless they are read-only. */
    private static final Set<String> ITS_OWN_TO_READ = Set.of("sysfs", "cgroup", "cgroup2");

    private static final Set<String> SPREADING = Set.of("shared", "rshared");

    private final Consent consent;

    MountReduction(Consent consent) {
        this.consent = consent;
    }

    ArrayNode reduce(JsonNode mounts) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode mount : mounts) {
            if (isItsOwn(mount) || consent.to(SpecPart.MOUNTS, words(mount))) {
                kept.add(mount);
            }
        }
        return kept;
    }

    private static boolean isItsOwn(JsonNode mount) {
        String type = mount.path("type").asText();
        List<String> options = options(mount);
        if (BindMounts.include(mount) || options.stream().anyMatch(SPREADING::contains)) {
            return false;
        }
        return ITS_OWN.contains(type)
                || ITS_OWN_TO_READ.contains(type) && options.contains("ro") && !options.contains("rw");
    }

    private static List<String> options(JsonNode mount) {
        List<String> options = new ArrayList<>();
        mount.path("options").forEach(option -> options.add(option.asText()));
        return options;
    }

    private static String words(JsonNode mount) {
        String where = " at " + Consent.quoted(mount.path("destination").asText());
        String source = Consent.quoted(mount.path("source").asText());
        if (BindMounts.include(mount)) {
            return "the host's " + source + where;
        }
        String options = String.join(",", options(mount));
        return Consent.quoted(mount.path("type").asText()) + " of " + source + where
                + (options.isEmpty() ? "" : " with " + Consent.quoted(options));
    }
}
