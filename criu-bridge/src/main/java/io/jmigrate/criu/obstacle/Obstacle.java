package io.jmigrate.criu.obstacle;

import java.util.Objects;

/**
 * Something in a container that would make a dump fail, or would be missing from it.
 *
 * @param kind what kind of thing it is
 * @param sentence what was found, and where
 */
public record Obstacle(Kind kind, String sentence) {
    /** Kinds of obstacles; those of one kind have the same remedy. */
    public enum Kind {
        /** A process that is in the container and not in the tree of its first one. */
        FOREIGN_PROCESS,
        /** A process of a uid that root may not look at here. */
        OTHER_USER,
        /** A process that a signal has stopped. */
        STOPPED_PROCESS,
        /** A process that a debugger holds. */
        TRACED_PROCESS,
        /** A process whose first thread has ended before others. */
        LEADER_ENDED,
        /** A process that has made a namespace for itself. */
        NESTED_NAMESPACE,
        /** A mount that could not be made anew as it is. */
        MOUNT_OPTION,
        /** Something of the kernel's that CRIU knows no way for. */
        KERNEL_OBJECT,
        /** Something that two processes have in common. */
        SHARED_PART,
        /** A file without a name that holds more than a dump takes along. */
        LARGE_FILE,
        /** An open file that is not the container's. */
        HOST_FILE,
        /** A file on a mount that another one covers. */
        COVERED_FILE,
        /** A standard stream whose other end is on the host. */
        HOST_SOCKET,
        /** A socket of a kind that CRIU knows no way for. */
        UNKNOWN_SOCKET,
        /** Something that has arrived in a socket, and that no process has taken yet. */
        UNACCEPTED,
        /** A Unix socket whose other end is outside. */
        OUTER_PEER,
        /** What CRIU's configuration file says. */
        CONFIGURATION,
        /** A terminal whose other end stays on the host. */
        TERMINAL,
        /** A TCP connection that could not be put together again. */
        CONNECTION
    }

    public Obstacle {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(sentence);
    }
}
