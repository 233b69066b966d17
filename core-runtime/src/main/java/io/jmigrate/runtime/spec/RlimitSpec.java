package io.jmigrate.runtime.spec;

/**
 * A resource limit.
 *
 * @param type {@code RLIMIT_NOFILE} and so on
 * @param soft unsigned
 * @param hard unsigned
 */
public record RlimitSpec(String type, long soft, long hard) {}
