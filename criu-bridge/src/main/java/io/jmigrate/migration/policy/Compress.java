package io.jmigrate.migration.policy;

/** Whether pages are compressed on their way. */
public enum Compress {
    /** Where they arrive sooner so. */
    AUTO,
    OFF,
    /** All that get smaller by it, however long it takes. */
    ZSTD
}
