package io.jmigrate.migration.report;

/**
 * How long programs have waited for pages that were still at the source when they were touched, from the fault until the page was in place.
 *
 * @param count how many waits there were; all others are 0 if there were none
 * @param medianNanos half of them took no longer
 * @param p99Nanos 99 % of them took no longer
 * @param maxNanos none took longer
 */
public record FaultLatency(long count, long medianNanos, long p99Nanos, long maxNanos) {}
