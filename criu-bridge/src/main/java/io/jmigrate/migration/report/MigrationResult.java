package io.jmigrate.migration.report;

import io.jmigrate.migration.MigrationId;

/**
 * A migration that succeeded.
 *
 * @param migration its id
 * @param container what moved
 * @param peer where it is now
 * @param totalNanos from the request to the end
 * @param downtime the part of it during which nothing ran
 * @param bytes what crossed the network
 */
public record MigrationResult(
        MigrationId migration, String container, String peer, long totalNanos, Downtime downtime, BytesMoved bytes) {}
