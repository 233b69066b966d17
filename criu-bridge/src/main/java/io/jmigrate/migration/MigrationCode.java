package io.jmigrate.migration;

import io.jmigrate.runtime.failure.FailureCode;

/** What can go wrong in a migration. Each message of such a failure says where the container is now. */
public enum MigrationCode implements FailureCode {
    /** Not an address of the form HOST:PORT. */
    INVALID_ADDRESS,
    /** The address is none of this machine, or somebody else listens there. */
    CANNOT_LISTEN,
    /** No connection to the peer, or it broke before anything was at stake. */
    PEER_UNREACHABLE,
    /** The peer's certificate is not one that this node was paired with, or the peer does not know ours. */
    PEER_UNTRUSTED,
    /** This node, or the peer, does not let the other one do that: send containers, or be sent any. */
    PEER_RIGHTS,
    /** This node was not paired with a peer of that name or fingerprint, or with several. */
    PEER_UNKNOWN,
    /** Whoever answers does not speak this protocol, or not in this version. */
    PEER_NOT_JMIGRATE,
    /** The peer does not let the container land, or does not answer the question. */
    PEER_REFUSED,
    /** The peer broke the protocol: a malformed frame, an unexpected message, a wrong checksum. */
    PEER_PROTOCOL,
    /** The container has only just arrived here itself, and memory of it is still on its way after the patience. */
    STILL_ARRIVING,
    /** A check before the start found something that forbids the migration; the details list all of it. */
    PREFLIGHT,
    /** The migration failed before its commit, for a reason of the source's: the container goes on there. */
    ABORTED,
    /** CRIU could not dump the container, for a reason of the container's: it goes on at the source. */
    NOT_DUMPED,
    /** The connection broke, or the peer fell silent, on the way: the container goes on at the source. */
    LINK_LOST,
    /** The destination could not take the container, or never ran it: it goes on at the source. */
    PEER_FAILED,
    /** The source has committed and the peer does not answer: the frozen copy waits for recovery. */
    IN_DOUBT,
    /** The container runs at the destination, or waits there, and memory of it is still at the source. */
    MEMORY_BEHIND,
    /** The container has ended at the source before the migration's commit. */
    CONTAINER_ENDED,
    /** The migration failed before its commit, and the source could not set the container going again. */
    LEFT_FROZEN,
    /** The container runs at the destination, and what is left of it at the source could not be removed. */
    LEFT_BEHIND,
    /** The user ended the migration before its commit: the container goes on at the source. */
    CANCELLED,
    /** Another container of its group could not leave: it goes on at the source. */
    GROUP_BROKEN,
    /** The container would have stood still for longer than was asked for: it goes on at the source. */
    STALLED,
    /** The migration has committed: it can't be given up any more. */
    TOO_LATE,
    /** Nobody on this node works on such a migration. */
    NOT_UNDER_WAY,
    /** This node has no key and certificate, or they can't be read. */
    NO_IDENTITY,
    /** A node has one key; a new one would make it a stranger to its peers. */
    IDENTITY_EXISTS,
    /** Not a name that a node can have. */
    INVALID_NAME,
    /** The one-time code is wrong, expired or used up. */
    PAIRING,
    /** The audit log can't be written or read. */
    AUDIT,
    /** A journal can't be written or is torn. */
    JOURNAL,
    /** This node has no journal of that migration. */
    MIGRATION_UNKNOWN,
    /** The root filesystem can't be read or written as it is. */
    TRANSFER
}
