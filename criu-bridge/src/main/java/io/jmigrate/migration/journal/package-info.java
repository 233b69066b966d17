/**
 * What survives a crash: one file per migration and side below {@code ROOT/migrations}. A record is on the disk, with its
 * directory entry, before the step that it announces is taken, so that whoever finds it later knows the most that can have
 * happened.
 */
package io.jmigrate.migration.journal;
