package io.jmigrate.migration.report;

/** Where the container is, as far as this side knows. */
public enum Place {
    /** It runs at the source. */
    SOURCE,
    /** It is frozen at the source, which still owns it. */
    SOURCE_FROZEN,
    /** Its processes have ended at the source, in the migration or because they wanted to. */
    ENDED,
    /** It runs at the destination. */
    DESTINATION,
    /** It runs at the destination, or waits there, and memory of it is still at the source. */
    DIVIDED,
    /** It is frozen at the source and may run at the destination: recovery has to ask. */
    IN_DOUBT
}
