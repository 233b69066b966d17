package io.jmigrate.migration.policy;

/** What becomes of a migration whose downtime would be longer than asked for. */
public enum OnStall {
    /** It goes on with that downtime. */
    STOP_AND_COPY,
    /** The container is given less and less of the processors until it writes slowly enough. */
    THROTTLE,
    /** It is frozen, and the memory that is left follows when it runs at the destination. */
    HYBRID,
    /** It is given up, and the container runs on at the source. */
    ABORT
}
