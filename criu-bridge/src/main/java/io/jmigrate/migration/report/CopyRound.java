package io.jmigrate.migration.report;

/**
 * Memory was copied once while the container ran.
 *
 * @param number counted from 1
 * @param fromNanos when it began, from the beginning of the migration
 * @param nanos how long it took
 * @param writtenBytes what it was about: everything, or what was written since the round before
 * @param sentBytes what of it crossed the network
 */
public record CopyRound(int number, long fromNanos, long nanos, long writtenBytes, long sentBytes) {}
