package io.jmigrate.migration.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * A container that wants to leave.
 *
 * @param host where it runs
 * @param config parsed config.json
 * @param size how much of it there is
 * @param needs what else it needs
 * @param network what becomes of its addresses, which config has the new ones of
 * @param memoryFollows whether it may have to run before all of its memory is there
 * @param startsAnew whether its programs begin anew there
 */
public record Departure(
        HostFacts host,
        JsonNode config,
        ContainerSize size,
        ContainerNeeds needs,
        NetworkTerms network,
        boolean memoryFollows,
        boolean startsAnew) {
    /** All of its memory is there before it runs, if need be. */
    public Departure(HostFacts host, JsonNode config, ContainerSize size, ContainerNeeds needs, NetworkTerms network) {
        this(host, config, size, needs, network, false, false);
    }

    /** Kinds of namespaces that it has, as config.json names them. */
    Set<String> namespaces() {
        Set<String> kinds = new TreeSet<>();
        config.path("linux")
                .path("namespaces")
                .forEach(each -> kinds.add(each.path("type").asText()));
        return kinds;
    }
}
