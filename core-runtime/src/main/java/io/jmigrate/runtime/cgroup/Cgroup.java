package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The cgroup of one container: v1 controllers, one v2 hierarchy, or both side by side. All methods throw {@link
 * io.jmigrate.runtime.failure.Failure} IO or PERMISSION with the file that the kernel refused.
 *
 * <p>Processes are not moved by this port: the init joins by its own plan, before it makes any namespace, by writing into
 * {@link #processFiles()}.
 */
public interface Cgroup {
    /** The directories, to be recorded before {@link #create()} makes them. */
    CgroupPaths paths();

    /** The cgroup.procs files that a process writes itself into to be a member. */
    List<Path> processFiles();

    /**
     * Checks that these cgroups are nobody else's, so that killing their members and removing them can't hit others.
     *
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG if one is the top of its hierarchy, ALREADY_EXISTS if one has
     *     processes
     */
    void checkUnused();

    /**
     * Makes the directories and what is missing above them. Directories that exist already are kept.
     *
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, SYSTEMD if a unit of systemd can't be made
     */
    void create(Founding founding);

    /** The same for a cgroup of which nothing has to be known. */
    default void create() {
        create(Founding.NONE);
    }

    /**
     * Gives the cgroup to the user who may make others below it, if the config has one. Only where v2 is alone: in v1 whoever has a
     * cgroup could lift its limits.
     */
    void delegate(Config config);

    /**
     * Sets limits, of which those that the resources leave out stay as they are, and the rules about devices; without rules the
     * members may use the default devices alone. Once for each cgroup: under v2 rules can be added and not be taken back.
     *
     * @throws io.jmigrate.runtime.failure.Failure UNSUPPORTED if the host lacks the controller for something that is asked for,
     *     LIMIT_REFUSED if the kernel does not take a value
     */
    void limit(Resources resources);

    /**
     * Sets limits anew and leaves the rules about devices as they are. If the kernel refuses one, the earlier values of those before it
     * are put back; but for limits of single devices, which stay.
     *
     * @throws io.jmigrate.runtime.failure.Failure as {@link #limit}
     */
    void update(Resources resources);

    /** Freezes all members and returns when none of them runs; thaws again and fails if that takes longer than the limit. */
    void freeze(Duration limit);

    /**
     * Has all members freeze, and does not wait for it: one that waits within the kernel, for a page of its memory for example, freezes before its
     * program goes on. {@link #thaw} undoes it.
     */
    void beginFreeze();

    /** Lets the members run again; nothing happens if they are not frozen. */
    void thaw();

    /** Whether the members are frozen, or being frozen, by this cgroup itself. */
    boolean isFrozen();

    /** The pids of all members of this cgroup and of those below it, ascending; empty if it is gone. */
    List<Integer> processes();

    /** Whether there are cgroups below it. */
    boolean hasChildren();

    /**
     * Sends a signal to all members; they are frozen meanwhile, so that none escapes by forking. Members that were frozen before
     * stay so and act on it when they are thawed; one that ends a process does so at once under v2.
     */
    void signal(Signal signal);

    /**
     * Kills all members and thaws them so that they can die, also if they were frozen here or in a cgroup below. Returns without
     * waiting for their end.
     */
    void kill();

    /**
     * Kills all members, those that enter meanwhile too, and removes the directories with those below them, and those above them that
     * {@link #create} has made if nothing else is in them. Nothing happens where there is nothing.
     *
     * @throws io.jmigrate.runtime.failure.Failure IO if there are members still after the limit
     */
    void destroy(Duration limit);

    /**
     * Removes the directories, those below them, and those above them as {@link #destroy} does. A directory that is missing is no
     * error. Members that are still dying are waited for.
     *
     * @throws io.jmigrate.runtime.failure.Failure IO if it still has members after the limit
     */
    void delete(Duration limit);
}
