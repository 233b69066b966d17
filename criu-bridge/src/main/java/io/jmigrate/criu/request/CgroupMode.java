package io.jmigrate.criu.request;

/** What CRIU does about the cgroups that the images tell of (criu(8), {@code --manage-cgroups}), under the names that runC has. */
public enum CgroupMode {
    /** Those that are missing are made, with the limits that they had; those that are there stay as they are. */
    SOFT,
    /** Those that are missing are made, and all get the limits that they had at the dump. */
    FULL,
    /** All are made, and one that is there already fails the restore. */
    STRICT,
    /** None: a dump leaves them out of the images, and a restore puts the tree where CRIU is. */
    IGNORE
}
