package io.jmigrate.migration.report;

import java.util.Optional;

/**
 * What a migration would take.
 *
 * @param memoryBytes of its processes
 * @param rootfsBytes of its root filesystem, if that is copied
 * @param dirtyRate bytes a second that it writes
 * @param bandwidth bytes a second that the connection takes
 * @param rounds how often memory would be copied while it runs
 * @param sentBytes what would be sent
 * @param totalNanos from the beginning to the end
 * @param followingBytes what of its memory would follow when it runs at the other node
 * @param downtimeNanos how long nothing would run
 * @param fixedNanos the part of it that has nothing to do with memory
 * @param fixedMeasured whether earlier migrations to that node took so long; else it is assumed
 * @param percent what it would have in the end of the processor time that it uses
 * @param stall why the downtime would be longer than asked for, in a sentence
 * @param aborted whether it would be given up for that
 */
public record Estimate(
        long memoryBytes,
        long rootfsBytes,
        long dirtyRate,
        long bandwidth,
        int rounds,
        long sentBytes,
        long totalNanos,
        long followingBytes,
        long downtimeNanos,
        long fixedNanos,
        boolean fixedMeasured,
        int percent,
        Optional<String> stall,
        boolean aborted) {}
