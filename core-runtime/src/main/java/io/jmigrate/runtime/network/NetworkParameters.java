package io.jmigrate.runtime.network;

import io.jmigrate.runtime.config.SysctlKey;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NamespaceVisit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The kernel parameters of a network namespace ({@code net.*}): below /proc/sys each thread sees those of the namespace it is in. */
public final class NetworkParameters {
    private static final Path PARAMETERS = Path.of("/proc/sys");
    private static final String PREFIX = "net.";

    private NetworkParameters() {}

    /**
     * Sets those of the parameters that belong to networks.
     *
     * @param sysctls values by key with dots
     * @throws Failure IO with the name of the one that the kernel refuses
     */
    public static void set(NetworkNamespace namespace, Map<String, String> sysctls) {
        Map<String, String> own = new TreeMap<>(sysctls);
        own.keySet().removeIf(key -> !key.startsWith(PREFIX));
        if (own.isEmpty()) {
            return;
        }
        try {
            NamespaceVisit.to(namespace.path(), () -> {
                own.forEach(NetworkParameters::write);
                return null;
            });
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot enter the container's network namespace: " + e.getMessage())
                    .withCause(e);
        }
    }

    private static void write(String key, String value) {
        try {
            Files.writeString(PARAMETERS.resolve(SysctlKey.file(key)), value);
        } catch (IOException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot set the kernel parameter " + key + " to " + value + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
