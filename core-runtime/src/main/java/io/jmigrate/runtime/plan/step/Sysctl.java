package io.jmigrate.runtime.plan.step;

/**
 * Sets a kernel parameter of the container's namespaces (sysctl(8)), through the host's {@code /proc/sys}.
 *
 * @param key with dots, for example {@code net.ipv4.ip_forward}
 */
public record Sysctl(String key, String value) implements Step {
    @Override
    public String describe() {
        return "set sysctl " + key + "=" + value;
    }
}
