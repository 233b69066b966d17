package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.network.DeviceMove;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import io.jmigrate.runtime.network.NetworkNamespace;
import io.jmigrate.runtime.network.NetworkParameters;
import java.util.Optional;

/** Finds the network of a container again by what its record says. */
final class Networks {
    private final Launcher launcher;
    private final NetworkNamespace outside;

    /** @param callerPid a process in the network namespace that has the bridges, as the launcher is */
    Networks(Launcher launcher, int callerPid) {
        this.launcher = launcher;
        this.outside = new NetworkNamespace(Namespaces.path(callerPid, NamespaceKind.NETWORK));
    }

    /** The attachment that the container's annotation asks for, if the runtime holds its namespace. */
    Optional<NetworkAttachment> of(ContainerRecord record) {
        Optional<NetworkConfig> config = Optional.ofNullable(
                        record.annotations().get(NetworkConfig.ANNOTATION))
                .flatMap(json -> NetworkConfig.parse(json, JsonPath.ROOT, new Problems()));
        Optional<NetworkNamespace> namespace = record.networkNamespace().map(NetworkNamespace::new);
        return config.flatMap(
                interfaces -> namespace.map(held -> new NetworkAttachment(interfaces, held, outside, launcher)));
    }

    /** Gives a container that is made its interfaces. */
    void furnish(ContainerRecord record, Config config) {
        of(record).ifPresent(NetworkAttachment::attach);
        moveDevices(record, config);
    }

    /** The same for one that is restored: with its kernel parameters, with links down, and with nothing that passes. */
    void furnishLocked(ContainerRecord record, Config config) {
        record.networkNamespace()
                .map(NetworkNamespace::new)
                .ifPresent(namespace -> NetworkParameters.set(namespace, config.sysctls()));
        lockOf(record).filter(_ -> config.hasInterfaces()).ifPresent(NetworkLock::lock);
        of(record).ifPresent(NetworkAttachment::attachWithLinksDown);
        moveDevices(record, config);
    }

    private void moveDevices(ContainerRecord record, Config config) {
        record.networkNamespace().map(NetworkNamespace::new).ifPresent(inside -> new DeviceMove(outside, inside)
                .move(config.netDevices()));
    }

    /** The lock of the container's namespace, if the runtime holds it. */
    Optional<NetworkLock> lockOf(ContainerRecord record) {
        return record.networkNamespace().map(NetworkNamespace::new).map(NetworkLock::new);
    }
}
