package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.NetDeviceConfig;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network devices of the host in a config. */
class NetDeviceChecksTest {
    @TempDir
    Path bundle;

    private static ObjectNode devices(ObjectNode document) {
        return Bundles.object(document, "linux").withObject("/netDevices");
    }

    @Test
    void mayGetOtherNamesOrTemplatesForThem() {
        Bundles.with(bundle, document -> {
            devices(document).putObject("ens4").put("name", "eth0");
            devices(document).putObject("ens5").put("name", "eth%d");
            devices(document).putObject("ens6").put("name", "eth%d");
            devices(document).putObject("ens7").put("name", "");
        });

        Config config = Configs.load(bundle);

        assertThat(config.netDevices())
                .containsExactly(
                        new NetDeviceConfig("ens4", "eth0"),
                        new NetDeviceConfig("ens5", "eth%d"),
                        new NetDeviceConfig("ens6", "eth%d"),
                        new NetDeviceConfig("ens7", "ens7"));
        assertThat(config.netDevices())
                .extracting(NetDeviceConfig::isTemplate)
                .containsExactly(false, true, true, false);
    }

    @Test
    void areRefusedWithNamesThatTheKernelWouldNotTake() {
        assertThat(Refusals.of(bundle, document -> {
                    devices(document).putObject("sixteen-letters-");
                    devices(document).putObject("a/b");
                    devices(document).putObject("c").put("name", "..");
                    devices(document).putObject("d").put("name", "x%dy%d");
                    devices(document).putObject("e").put("name", "50%");
                    devices(document).putObject("f").put("name", "e f");
                    devices(document).putObject("g").put("name", "h");
                    devices(document).putObject("h");
                }))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(
                        "$.linux.netDevices[\"sixteen-letters-\"]",
                        "$.linux.netDevices[\"sixteen-letters-\"].name",
                        "$.linux.netDevices[\"a/b\"]",
                        "$.linux.netDevices[\"a/b\"].name",
                        "$.linux.netDevices.c.name",
                        "$.linux.netDevices.d.name",
                        "$.linux.netDevices.e.name",
                        "$.linux.netDevices.f.name",
                        "$.linux.netDevices.h");
    }

    @Test
    void needANamespaceToGoTo() {
        String problem = "$.linux.netDevices: needs a network namespace in $.linux.namespaces that is not the host's";
        assertThat(Refusals.of(bundle, document -> {
                    network(document).put("path", "/proc/self/ns/net");
                    devices(document).putObject("eth0");
                }))
                .containsExactly(problem);
        assertThat(Refusals.of(bundle, document -> {
                    network(document).put("type", "cgroup");
                    devices(document).putObject("eth0");
                }))
                .contains(problem);
    }

    private static ObjectNode network(ObjectNode document) {
        Iterator<?> namespaces = document.get("linux").get("namespaces").iterator();
        while (namespaces.hasNext()) {
            if (namespaces.next() instanceof ObjectNode namespace
                    && namespace.get("type").asText().equals("network")) {
                return namespace;
            }
        }
        throw new AssertionError("the default spec has no network namespace");
    }
}
