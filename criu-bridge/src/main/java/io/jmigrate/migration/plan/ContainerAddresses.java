package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.config.InterfaceConfig;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.json.Problems;
import java.util.List;

/** The interfaces and addresses that a config.json gives a container. */
public final class ContainerAddresses {
    private ContainerAddresses() {}

    /** Without prefixes. @param config parsed config.json */
    public static List<String> of(JsonNode config) {
        return interfaces(config).stream()
                .flatMap(each -> each.addresses().stream())
                .map(address -> IpAddresses.canonical(address.replaceFirst("/.*", "")))
                .toList();
    }

    static List<InterfaceConfig> interfaces(JsonNode config) {
        String annotation =
                config.path("annotations").path(NetworkConfig.ANNOTATION).asText("");
        return annotation.isEmpty()
                ? List.of()
                : NetworkConfig.parse(annotation, NetworkConfig.ANNOTATION, new Problems())
                        .map(NetworkConfig::interfaces)
                        .orElse(List.of());
    }
}
