package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.util.Optional;

/** Finds the network of a container again by what its record says. */
final class Networks {
    private final Launcher launcher;

    Networks(Launcher launcher) {
        this.launcher = launcher;
    }

    /** The attachment that the container's annotation asks for, if the runtime holds its namespace. */
    Optional<NetworkAttachment> of(ContainerRecord record) {
        Optional<NetworkConfig> config = Optional.ofNullable(
                        record.annotations().get(NetworkConfig.ANNOTATION))
                .flatMap(json -> NetworkConfig.parse(json, JsonPath.ROOT, new Problems()));
        Optional<NetworkNamespace> namespace = record.networkNamespace().map(NetworkNamespace::new);
        return config.flatMap(interfaces -> namespace.map(held -> new NetworkAttachment(interfaces, held, launcher)));
    }

    /** The lock of the container's namespace, if the runtime holds it. */
    Optional<NetworkLock> lockOf(ContainerRecord record) {
        return record.networkNamespace().map(NetworkNamespace::new).map(held -> new NetworkLock(held, launcher));
    }
}
