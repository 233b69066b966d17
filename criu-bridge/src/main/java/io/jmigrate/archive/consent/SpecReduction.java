package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes the config.json for an archive without a bundle: a pure function of its spec and of what was consented to. */
public final class SpecReduction {
    private static final List<String> OF_PROCESS = List.of(
            "terminal", "consoleSize", "user", "args", "env", "cwd", "rlimits", "noNewPrivileges", "oomScoreAdj");

    private final ObjectNode from;
    private final Consent consent;
    private final ObjectNode into = JsonNodeFactory.instance.objectNode();

    private SpecReduction(ObjectNode from, Consent consent) {
        this.from = from;
        this.consent = consent;
    }

    /**
     * Reduces a spec.
     *
     * @param spec the document of an archive's spec.dump, which is only read
     * @param rootfs takes the place of its root filesystem
     * @param allowed the parts that are taken as they are
     */
    public static ReducedSpec of(ObjectNode spec, Path rootfs, Set<SpecPart> allowed) {
        SpecReduction reduction = new SpecReduction(spec, new Consent(allowed));
        reduction.reduce(rootfs);
        return new ReducedSpec(reduction.into, reduction.consent.refused(), reduction.consent.leftOut());
    }

    private void reduce(Path rootfs) {
        into.put("ociVersion", Specs.OCI_VERSION);
        process();
        into.putObject("root")
                .put("path", rootfs.toString())
                .put("readonly", from.path("root").path("readonly").asBoolean());
        copy(from, into, "hostname");
        copy(from, into, "domainname");
        into.set("mounts", new MountReduction(consent).reduce(from.path("mounts")));
        hooks();
        annotations();
        into.set("linux", new LinuxReduction(from.path("linux"), consent).reduce());
    }

    private void process() {
        JsonNode process = from.path("process");
        ObjectNode kept = into.putObject("process");
        OF_PROCESS.forEach(name -> copy(process, kept, name));
        if (process.path("capabilities") instanceof ObjectNode capabilities) {
            kept.set("capabilities", new CapabilityReduction(consent).reduce(capabilities));
        }
        for (String label : List.of("apparmorProfile", "selinuxLabel")) {
            label(process, kept, label);
        }
    }

    private void label(JsonNode source, ObjectNode target, String name) {
        String label = source.path(name).asText();
        if (!label.isEmpty() && consent.to(SpecPart.LABELS, name + " " + Consent.quoted(label))) {
            target.put(name, label);
        }
    }

    private void hooks() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        from.path("hooks").properties().forEach(kind -> {
            for (JsonNode hook : kind.getValue()) {
                String what =
                        kind.getKey() + " " + Consent.quoted(hook.path("path").asText());
                if (consent.to(SpecPart.HOOKS, what)) {
                    kept.withArray(kind.getKey()).add(hook);
                }
            }
        });
        if (!kept.isEmpty()) {
            into.set("hooks", kept);
        }
    }

    private void annotations() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        from.path("annotations").properties().forEach(annotation -> {
            if (consent.to(SpecPart.ANNOTATIONS, Consent.quoted(annotation.getKey()))) {
                kept.set(annotation.getKey(), annotation.getValue());
            }
        });
        if (!kept.isEmpty()) {
            into.set("annotations", kept);
        }
    }

    static void copy(JsonNode source, ObjectNode target, String name) {
        if (source.has(name)) {
            target.set(name, source.get(name));
        }
    }
}
