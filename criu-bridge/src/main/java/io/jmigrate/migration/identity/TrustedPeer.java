package io.jmigrate.migration.identity;

import java.util.Set;

/**
 * A node that this node was paired with.
 *
 * @param name as it called itself
 * @param fingerprint of its certificate
 * @param pairedAt ISO-8601
 * @param may what it may do; everything where a file of an earlier version doesn't say
 */
public record TrustedPeer(String name, String fingerprint, String pairedAt, Set<PeerRight> may) {
    public TrustedPeer {
        may = may == null ? PeerRight.ALL : Set.copyOf(may);
    }

    TrustedPeer allowed(Set<PeerRight> rights) {
        return new TrustedPeer(name, fingerprint, pairedAt, rights);
    }
}
