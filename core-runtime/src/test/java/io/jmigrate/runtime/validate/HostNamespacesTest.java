package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace that is joined by a path may be the host's own, in which nothing may be changed. */
class HostNamespacesTest {
    @TempDir
    Path bundle;

    @Test
    void keepTheirParametersAndNames() {
        assertThat(Refusals.of(bundle, document -> {
                    join(document, "network", "/proc/self/ns/net");
                    join(document, "ipc", "/proc/self/ns/ipc");
                    join(document, "uts", "/proc/self/ns/uts");
                    document.put("domainname", "example.org");
                    Bundles.object(document, "linux")
                            .putObject("sysctl")
                            .put("net.ipv4.ip_forward", "1")
                            .put("kernel.shmmax", "1")
                            .put("kernel.domainname", "x");
                }))
                .allMatch(line -> line.contains("would change the host"))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "$.hostname",
                        "$.domainname",
                        "$.linux.sysctl[\"net.ipv4.ip_forward\"]",
                        "$.linux.sysctl[\"kernel.shmmax\"]",
                        "$.linux.sysctl[\"kernel.domainname\"]");
    }

    private static void join(ObjectNode document, String type, String path) {
        for (JsonNode namespace : document.get("linux").get("namespaces")) {
            if (namespace.get("type").asText().equals(type)) {
                ((ObjectNode) namespace).put("path", path);
            }
        }
    }
}
