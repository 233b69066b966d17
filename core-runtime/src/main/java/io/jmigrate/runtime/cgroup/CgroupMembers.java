package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The processes of a container's cgroups: who they are, and how they are stopped, continued and signalled together.
 *
 * @param directory where they are looked up: every member is in every hierarchy
 * @param freezer of them, if there is a cgroup of the freezer controller or of version 2
 */
record CgroupMembers(CgroupDirectory directory, Optional<Freezer> freezer) {
    private static final Duration FREEZE_BEFORE_SIGNAL = Duration.ofMillis(500);

    static CgroupMembers of(CgroupPaths paths) {
        Optional<CgroupDirectory> controller = paths.ofController("freezer").map(CgroupDirectory::new);
        Optional<CgroupDirectory> unified = paths.unified().map(CgroupDirectory::new);
        return new CgroupMembers(
                controller
                        .or(() -> unified)
                        .orElseGet(() ->
                                new CgroupDirectory(paths.places().getFirst().directory())),
                controller.<Freezer>map(Freezer.Controller::new).or(() -> unified.map(Freezer.Core::new)));
    }

    /** @see Cgroup#processes */
    List<Integer> processes() {
        return List.copyOf(directory.processes());
    }

    /** @see Cgroup#freeze */
    void freeze(Duration limit) {
        Freezer needed = needed();
        if (!isFrozenWithin(limit, needed)) {
            needed.thaw();
            throw Failure.of(
                    RuntimeCode.IO,
                    "cannot freeze the cgroup " + directory.path() + ": its processes still ran after "
                            + limit.toMillis() + " ms");
        }
    }

    /** @see Cgroup#beginFreeze */
    void beginFreeze() {
        needed().requestFreeze();
    }

    private Freezer needed() {
        return freezer.orElseThrow(() -> Failure.of(
                RuntimeCode.UNSUPPORTED,
                "the container has a cgroup neither of the freezer controller nor of version 2"));
    }

    private static boolean isFrozenWithin(Duration limit, Freezer freezer) {
        return Attempts.within(limit, () -> {
            freezer.requestFreeze();
            return freezer.isComplete();
        });
    }

    /** @see Cgroup#thaw */
    void thaw() {
        if (directory.exists()) {
            freezer.ifPresent(Freezer::thaw);
        }
    }

    /** @see Cgroup#isFrozen */
    boolean areFrozen() {
        return freezer.map(Freezer::isRequested).orElse(false);
    }

    /** If they can't be frozen in time, they are signalled as they run. @see Cgroup#signal */
    void signal(Signal signal) {
        if (!directory.exists()) {
            return;
        }
        Optional<Freezer> running = freezer.filter(found -> !found.isRequested());
        running.ifPresent(found -> isFrozenWithin(FREEZE_BEFORE_SIGNAL, found));
        try {
            processes().forEach(pid -> send(pid, signal));
        } finally {
            running.ifPresent(Freezer::thaw);
        }
    }

    /** @see Cgroup#kill */
    void kill() {
        signal(Signal.KILL);
        freezer.ifPresent(Freezer::thawTree);
    }

    private static void send(int pid, Signal signal) {
        try {
            Processes.kill(pid, signal);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ESRCH)) {
                throw e;
            }
        }
    }
}
