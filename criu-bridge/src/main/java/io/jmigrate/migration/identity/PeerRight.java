package io.jmigrate.migration.identity;

import java.util.Set;

/** What a paired node may do, seen from this one. */
public enum PeerRight {
    /** It may send containers to this node. */
    SEND,
    /** It may receive containers of this node. */
    RECEIVE;

    /** Of a node about which nothing else was said. */
    public static final Set<PeerRight> ALL = Set.of(values());
}
