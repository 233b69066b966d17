package io.jmigrate.migration.wire;

import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;

/** How connections are protected; both ends must want the same. */
public sealed interface WireSecurity {
    /** TLS 1.3 with a certificate on both sides, each known to the other by its fingerprint. */
    record Certificates(NodeIdentity identity, TrustedPeers peers) implements WireSecurity {}

    /** Plaintext: only when a person asked for it, at both ends. */
    record Plaintext() implements WireSecurity {}
}
