package io.jmigrate.migration.policy;

/**
 * What can be seen at the destination.
 *
 * @param restorerAlive the CRIU process that restored it still lives, so the tree may still be resumed or killed
 * @param resumed CRIU's log says that the tasks were resumed
 */
public record DestinationFacts(boolean restorerAlive, boolean resumed) {}
