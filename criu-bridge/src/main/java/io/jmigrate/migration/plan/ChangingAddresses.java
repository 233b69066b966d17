package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.plan.Check.End;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Whether a container has the addresses that it is to have others for. */
public final class ChangingAddresses {
    private ChangingAddresses() {}

    /**
     * @param config parsed config.json
     * @param ofHost addresses of its host, which it has if it is in the host's network
     */
    public static Check check(NetworkTerms network, JsonNode config, Collection<String> ofHost) {
        Set<String> own = new TreeSet<>(hasOwnNetwork(config) ? ContainerAddresses.of(config) : ofHost);
        Collection<String> absent = Checks.missing(network.addresses().keySet(), own);
        return absent.isEmpty()
                ? Check.passed(
                        End.SOURCE,
                        "addresses",
                        "the container has those that change: "
                                + String.join(", ", network.addresses().keySet()))
                : Check.blocker(
                        End.SOURCE,
                        "addresses",
                        "the container does not have the address " + String.join(", ", absent),
                        own.isEmpty() ? "it has none that could change" : "it has " + String.join(", ", own));
    }

    /** Whether it is not in its host's network. */
    static boolean hasOwnNetwork(JsonNode config) {
        for (JsonNode namespace : config.path("linux").path("namespaces")) {
            if (namespace.path("type").asText().equals("network")) {
                return true;
            }
        }
        return false;
    }
}
