package io.jmigrate.migration.plan;

/** What not every kernel has, and migrations use. */
public enum KernelFeature {
    /** userfaultfd(2): memory can come after a process has begun to run. */
    USERFAULTFD,
    /** nftables: packets can be kept from a network namespace. */
    NFTABLES,
    /** time_namespaces(7): a process's monotonic clock can go on from what it was elsewhere. */
    TIME_NAMESPACES
}
