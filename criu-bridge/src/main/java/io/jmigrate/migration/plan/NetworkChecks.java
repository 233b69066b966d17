package io.jmigrate.migration.plan;

import io.jmigrate.migration.plan.LandingFacts.Network;
import io.jmigrate.runtime.config.NetworkConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a container finds its network.
 *
 * @param leaving the container
 * @param network of the host where it wants to go on
 * @param checks gets what was looked at
 */
record NetworkChecks(Departure leaving, Network network, Checks checks) {
    void add() {
        bridges();
        addresses();
        devices();
        ports();
    }

    private void bridges() {
        Set<String> needed = new TreeSet<>();
        ContainerAddresses.interfaces(leaving.config()).forEach(each -> needed.add(each.bridge()));
        Collection<String> absent = Checks.missing(needed, network.interfaces());
        checks.require(
                "network bridges",
                absent.isEmpty(),
                needed.isEmpty() ? "the container needs none" : "it has " + String.join(", ", needed),
                "there is no bridge " + String.join(", ", absent) + ", which the container's network needs",
                "make it there, on the same network segment");
    }

    private void addresses() {
        if (!ChangingAddresses.hasOwnNetwork(leaving.config())) {
            hostAddresses();
            return;
        }
        String taken = ContainerAddresses.of(leaving.config()).stream()
                .filter(network.addresses()::containsKey)
                .map(address -> address + " (" + network.addresses().get(address) + ")")
                .collect(Collectors.joining(", "));
        checks.require(
                "addresses",
                taken.isEmpty(),
                "nobody there has those of the container",
                "somebody there has an address of the container: " + taken,
                "give it another address, or end who has it");
    }

    /** In the host's network it can only have those that this host has. */
    private void hostAddresses() {
        Collection<String> absent = Checks.missing(
                leaving.network().addresses().values(), network.addresses().keySet());
        checks.require(
                "addresses",
                absent.isEmpty(),
                "the container has those of its host",
                "it does not have the address " + String.join(", ", absent)
                        + ", which the container is to have of its host",
                "give it that address, or name another one");
    }

    /** The host's devices stay with the host. */
    private void devices() {
        List<String> names = new ArrayList<>();
        leaving.config().path("linux").path("netDevices").fieldNames().forEachRemaining(names::add);
        checks.require(
                "network devices",
                names.isEmpty(),
                "the container uses none of the source's",
                "it does not have the devices of the source's that the container uses: " + String.join(", ", names),
                "give the container interfaces by the annotation " + NetworkConfig.ANNOTATION);
    }

    /** Of sockets in the host's network, which stay what they are. */
    private void ports() {
        String taken = leaving.needs().ports().stream()
                .filter(port -> network.ports().stream().anyMatch(port::excludes))
                .map(Port::toString)
                .collect(Collectors.joining(", "));
        checks.require(
                "ports",
                taken.isEmpty(),
                "none that the container has is in use",
                "somebody there has ports that the container has in its host's network: " + taken,
                "end who has them, or give the container a network namespace of its own");
    }
}
