package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.NetworkConfig;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.NamespaceKind;
import java.util.Optional;

/** The network annotation. */
final class NetworkChecks {
    private static final String PATH = JsonPath.child("$.annotations", NetworkConfig.ANNOTATION);

    private NetworkChecks() {}

    static void check(Subject subject, Problems problems) {
        Optional<String> annotation =
                Optional.ofNullable(subject.spec().annotations().get(NetworkConfig.ANNOTATION));
        if (annotation.isEmpty()) {
            return;
        }
        NetworkConfig.parse(annotation.get(), PATH, problems);
        boolean own = NamespaceChecks.named(subject.spec(), NamespaceKind.NETWORK)
                .filter(namespace -> namespace.path().isEmpty())
                .isPresent();
        if (!own) {
            problems.invalid(PATH, "needs a new network namespace in $.linux.namespaces");
        }
    }
}
