package io.jmigrate.criu.mapping;

/** What a standard stream of the host is; a restore needs the same kind in its place. */
public enum StreamKind {
    /** A pipe whose other end is outside; anything can take its place. */
    PIPE,
    /** A regular file of the host. */
    FILE,
    /** A character device of the host, of which only /dev/null can be dumped. */
    DEVICE
}
