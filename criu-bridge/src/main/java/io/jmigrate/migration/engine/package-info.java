/**
 * Migrates: the loops that act. What they decide by, is in {@code policy} and {@code plan}; where they are, is in {@code state} and
 * on disk in {@code journal}.
 */
package io.jmigrate.migration.engine;
