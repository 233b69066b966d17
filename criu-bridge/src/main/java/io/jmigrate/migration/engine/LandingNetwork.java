package io.jmigrate.migration.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.ContainerAddresses;
import io.jmigrate.migration.plan.IpAddresses;
import io.jmigrate.migration.plan.LandingFacts.Network;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at this host's network, and at that of the containers on it. */
record LandingNetwork(Containers containers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param id of the container that wants to land, which has its own addresses for certain */
    Network besides(ContainerId id) {
        Map<String, String> addresses = new TreeMap<>();
        containers.list().list().containers().stream()
                .filter(other -> !other.id().equals(id))
                .forEach(other -> addresses(other)
                        .forEach(address -> addresses.put(address, other.id().inSentence())));
        ofHost().forEach(address -> addresses.put(address, "this host"));
        return new Network(KernelFacts.interfaces(), addresses, HostPorts.of(_ -> true));
    }

    /** The addresses that this host has. */
    static List<String> ofHost() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map((InetAddress address) -> IpAddresses.canonical(address))
                    .toList();
        } catch (SocketException e) {
            throw Failure.of(MigrationCode.PREFLIGHT, "cannot see this host's addresses: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** One whose config was not kept, or that is gone, has none that could be told. */
    private List<String> addresses(ContainerRecord container) {
        try {
            String config = Files.readString(containers.store().configFile(container.id()));
            return ContainerAddresses.of(JSON.readTree(config));
        } catch (JsonProcessingException e) {
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
