package io.jmigrate.criu.request;

/** What becomes of connections of a restored tree that get another address, and whose other ends are elsewhere and know the old one. */
public enum ForeignConnections {
    /** There may be none. */
    REFUSED,
    /** They get it: their other ends have to follow by themselves. */
    KEPT,
    /** They are closed in the tree: whoever reads sees their end. */
    CLOSED
}
