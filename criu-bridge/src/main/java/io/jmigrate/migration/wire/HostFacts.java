package io.jmigrate.migration.wire;

/**
 * What a host is like, as far as a migration depends on it.
 *
 * @param arch as the JVM names it
 * @param kernel release
 * @param criu version, numbers with dots
 */
public record HostFacts(String arch, String kernel, String criu) {}
