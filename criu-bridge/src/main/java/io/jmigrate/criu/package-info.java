/**
 * Checkpoint and restore of containers, and of jobs that run in none: the user's operations, on top of CRIU's dump and restore.
 *
 * <p>The data flow of a checkpoint: {@link io.jmigrate.criu.CheckpointContainer} looks the container up, {@code mapping} turns
 * what the runtime made for it (mounts, namespaces, masks, cgroups, standard streams) into CRIU's terms, {@code rpc} talks to a
 * {@code criu swrk} process that the launcher starts, and while the tree is frozen a {@link io.jmigrate.criu.DumpListener} may do
 * what has to be done at that point and decides how it ends. A restore is the same backwards, with {@link
 * io.jmigrate.criu.RestoreListener}. When CRIU fails, {@code log} finds the reason in its log.
 *
 * <p>A tree is never lost between two states: every way out of a dump that isn't a success leaves the tree running, every way out
 * of a restore that isn't one leaves nothing of it.
 */
package io.jmigrate.criu;
