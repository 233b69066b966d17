package io.jmigrate.migration.report;

/**
 * What crossed the network of the memory that processes share, payload only; a part of all memory.
 *
 * @param ahead while the container ran
 * @param last while it stood still
 */
public record SharedBytes(long ahead, long last) {
    public static final SharedBytes NONE = new SharedBytes(0, 0);

    /** These and others of a part of the migration. @param moreLast whether that was the last part */
    public SharedBytes plus(long more, boolean moreLast) {
        return moreLast ? new SharedBytes(ahead, last + more) : new SharedBytes(ahead + more, last);
    }
}
