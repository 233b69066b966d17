package io.jmigrate.migration.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.NetworkAddresses;
import io.jmigrate.runtime.config.NetworkConfig;

/** The config.json that a container has at its destination. */
public final class ArrivingConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArrivingConfig() {}

    /**
     * With other addresses wherever its network has those that change. A text that is no JSON stays as it is: the destination says so.
     *
     * @param text of config.json at the source
     */
    public static String of(String text, NetworkTerms network) {
        if (network.addresses().isEmpty()) {
            return text;
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode config
                    && config.path("annotations") instanceof ObjectNode annotations
                    && annotations.has(NetworkConfig.ANNOTATION)) {
                String before = annotations.path(NetworkConfig.ANNOTATION).asText();
                annotations.put(NetworkConfig.ANNOTATION, NetworkAddresses.replaced(before, network.moves()));
                return config.toString();
            }
            return text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
