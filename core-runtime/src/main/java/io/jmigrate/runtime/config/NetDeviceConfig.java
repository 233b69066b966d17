package io.jmigrate.runtime.config;

/**
 * A network device of the host that is moved into the container's network namespace (config-linux.md, "Network Devices").
 *
 * @param name on the host
 * @param inner inside the container; with {@value #TEMPLATE} in it the kernel chooses a number that is free
 */
public record NetDeviceConfig(String name, String inner) {
    public static final String TEMPLATE = "%d";

    /** Whether the kernel chooses the name inside. */
    public boolean isTemplate() {
        return inner.contains(TEMPLATE);
    }
}
