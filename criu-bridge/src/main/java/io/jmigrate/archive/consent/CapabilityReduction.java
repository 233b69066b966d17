package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Capabilities that an archive's spec asks for. */
final class CapabilityReduction {
    private static final List<String> SETS = List.of("bounding", "effective", "permitted", "inheritable", "ambient");

    /** What podman and Docker give any container (containers/common, pkg/config/default.go; moby, oci/caps/defaults.go). */
    private static final Set<String> USUAL = Set.of(
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_MKNOD",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_RAW",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");

    private final Consent consent;
    private final Map<String, Boolean> decided = new HashMap<>();

    CapabilityReduction(Consent consent) {
        this.consent = consent;
    }

    ObjectNode reduce(ObjectNode capabilities) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String set : SETS) {
            if (capabilities.path(set) instanceof ArrayNode names) {
                reduce(names, kept, set);
            }
        }
        return kept;
    }

    private void reduce(ArrayNode names, ObjectNode kept, String set) {
        for (JsonNode name : names) {
            if (mayHave(name.asText())) {
                kept.withArray(set).add(name.asText());
            }
        }
    }

    /** Each is named once, in however many sets it is. */
    private boolean mayHave(String name) {
        return USUAL.contains(name)
                || decided.computeIfAbsent(name, each -> consent.to(SpecPart.CAPABILITIES, Consent.quoted(each)));
    }
}
