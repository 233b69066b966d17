package io.jmigrate.migration.identity;

/**
 * A node that this node was paired with.
 *
 * @param name as it called itself
 * @param fingerprint of its certificate
 * @param pairedAt ISO-8601
 */
public record TrustedPeer(String name, String fingerprint, String pairedAt) {}
