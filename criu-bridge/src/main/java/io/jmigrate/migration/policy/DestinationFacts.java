package io.jmigrate.migration.policy;

/**
 * What can be seen at the destination.
 *
 * @param ownerAlive the node service that worked on it still lives
 * @param restorerAlive the CRIU process that restored it still lives, so the tree may still be resumed or killed
 * @param treeAlive the restored root process exists
 * @param resumed CRIU's log says that the tasks were resumed
 */
public record DestinationFacts(boolean ownerAlive, boolean restorerAlive, boolean treeAlive, boolean resumed) {}
