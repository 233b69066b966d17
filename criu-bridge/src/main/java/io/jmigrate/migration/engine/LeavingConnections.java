package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.ChangingAddresses;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.network.ConnectionReset;
import io.jmigrate.runtime.network.NetworkLock;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TCP connections of a container that leaves without them.
 *
 * <p>In a network of its own the frozen tree's sockets are ended one by one after the commit, while its link is still up and the kernel still
 * knows its neighbours: that is the last moment at which a reset comes from the address, and by the way, that the other ends know. In the
 * host's network nothing is locked, and the kernel ends them as it does when a program ends.
 *
 * @param container the one that leaves
 */
record LeavingConnections(Containers containers, ContainerRecord container) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether what is asked for can be had. @param config text of config.json */
    List<Check> checks(String config, NetworkTerms network) {
        List<Check> checks = new ArrayList<>(checksOfAddresses(config, network));
        if (network.endsConnections()) {
            own().map(namespace -> resets(new ConnectionReset(namespace).isPossible()))
                    .ifPresent(checks::add);
        }
        return checks;
    }

    /** Whether it has the addresses that are to change. */
    List<Check> checksOfAddresses(String config, NetworkTerms network) {
        return network.addresses().isEmpty()
                ? List.of()
                : List.of(ChangingAddresses.check(network, parsed(config), LandingNetwork.ofHost()));
    }

    private static JsonNode parsed(String config) {
        try {
            return JSON.readTree(config);
        } catch (JsonProcessingException e) {
            throw Failure.of(MigrationCode.PREFLIGHT, "the container's config is not JSON")
                    .withCause(e);
        }
    }

    private static Check resets(boolean possible) {
        return possible
                ? Check.passed(End.SOURCE, "connections", "whoever is connected with the container is told of the end")
                : Check.note(
                        End.SOURCE,
                        "connections",
                        "this kernel can't end connections: who is connected with the container notices when he sends next",
                        "boot a kernel with CONFIG_INET_DIAG_DESTROY");
    }

    /** The network namespace that the runtime has given interfaces. */
    private Optional<NetworkNamespace> own() {
        return containers
                .network(container)
                .flatMap(_ -> container.networkNamespace().map(NetworkNamespace::new));
    }

    /** Ends them, and tells their other ends. What comes in afterwards is dropped again. */
    void reset() {
        own().ifPresent(namespace -> {
            NetworkLock lock = new NetworkLock(namespace);
            lock.unlock();
            try {
                new ConnectionReset(namespace).all();
            } finally {
                lock.lock();
            }
        });
    }
}
