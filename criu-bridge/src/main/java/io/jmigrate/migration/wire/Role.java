package io.jmigrate.migration.wire;

/** What a connection is for. */
public enum Role {
    /** The messages of one migration. */
    CONTROL,
    /** The data of a migration, joined to its control connection by a secret. */
    DATA,
    /** Getting to know each other by a one-time code. */
    PAIR,
    /** A question about a migration that is in doubt. */
    RECOVER,
    /** Measuring what the link takes. */
    PROBE,
    /** Memory of a container that runs already follows it. */
    FOLLOW
}
