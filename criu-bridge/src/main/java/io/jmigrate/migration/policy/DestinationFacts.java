package io.jmigrate.migration.policy;

/**
 * What can be seen at the destination.
 *
 * @param restorerAlive the CRIU process that restored it still lives, so the tree may still be resumed or killed
 * @param resumed CRIU's log says that the tasks were resumed; of one that starts anew: it was started, or its init waits still
 * @param alive its first process lives
 * @param mayLackMemory by its files memory was to follow when it runs; or they are gone, as when its host was started anew, and nobody knows
 * @param rebooted its host was started anew since: what was written without being synced to the disk, as CRIU's log, may lack its end
 * @param remains its images are still there: whoever settled it, if it is settled, had no time to clean up
 */
public record DestinationFacts(
        boolean restorerAlive,
        boolean resumed,
        boolean alive,
        boolean mayLackMemory,
        boolean rebooted,
        boolean remains) {}
