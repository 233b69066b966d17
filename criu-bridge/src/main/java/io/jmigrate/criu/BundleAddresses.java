package io.jmigrate.criu;

import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.NetworkAddresses;
import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.spec.SpecChanges;
import io.jmigrate.runtime.spec.Specs;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The addresses that a bundle gives a container, which go with those of its sockets. */
final class BundleAddresses {
    private BundleAddresses() {}

    /** What is to be other than config.json has it: also the addresses that sockets get others for, wherever it has these. */
    static SpecChanges changes(RestoreRequest request) {
        SpecChanges changes = request.terms().changes();
        Map<InetAddress, InetAddress> addresses = request.terms().moves().addresses();
        if (addresses.isEmpty()) {
            return changes;
        }
        return Optional.ofNullable(
                        Specs.read(request.bundle()).spec().annotations().get(NetworkConfig.ANNOTATION))
                .map(text ->
                        changes.withAnnotation(NetworkConfig.ANNOTATION, NetworkAddresses.replaced(text, addresses)))
                .orElse(changes);
    }

    /** Those of its interfaces. */
    static Set<InetAddress> of(Config config) {
        return config.network().map(NetworkAddresses::of).orElse(Set.of());
    }
}
