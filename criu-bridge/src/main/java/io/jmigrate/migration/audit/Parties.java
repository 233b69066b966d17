package io.jmigrate.migration.audit;

import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.TrustedPeer;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** Names whoever is at the other end of a connection, as this node knows it. */
public record Parties(TrustedPeers peers) {
    /** @param root the runtime root */
    public static Parties of(Path root) {
        return new Parties(TrustedPeers.of(root));
    }

    /** @param address host and port */
    public Party of(String address, Optional<Fingerprint> certificate) {
        return new Party(
                address,
                certificate.map(Fingerprint::value).orElse(""),
                certificate.map(this::name).orElse(""));
    }

    /** A list that can't be read names nobody; that it trusts nobody either is said elsewhere. */
    private String name(Fingerprint fingerprint) {
        try {
            return peers.find(fingerprint).map(TrustedPeer::name).orElse("");
        } catch (Failure e) {
            return "";
        }
    }
}
