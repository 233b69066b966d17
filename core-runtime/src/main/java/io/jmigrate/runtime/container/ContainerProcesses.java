package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.List;

/**
 * The processes of containers: the members of a container's cgroup or, where it has none of its own, those of the PID namespace that
 * its init leads.
 */
record ContainerProcesses(Cgroups cgroups, ProcessTable processes) {
    /** The pids on the host, ascending. */
    List<Integer> pids(ContainerRecord record) {
        return record.hasCgroup()
                ? cgroups.open(record.cgroup()).processes()
                : inPidNamespace(record).stream().map(ProcessRef::pid).toList();
    }

    /** Sends a signal to all; those that have ended meanwhile need none. */
    void signal(ContainerRecord record, Signal signal) {
        if (record.hasCgroup()) {
            cgroups.open(record.cgroup()).signal(signal);
        } else {
            inPidNamespace(record).forEach(process -> killIfAlive(process, signal));
        }
    }

    /**
     * Kills all, and removes the cgroup.
     *
     * @throws Failure IO if there are some still after the limit
     */
    void destroy(ContainerRecord record, Duration limit) {
        if (record.hasCgroup()) {
            cgroups.open(record.cgroup()).destroy(limit);
        } else {
            record.state().init().filter(processes::alive).ifPresent(init -> kill(record.id(), init, limit));
        }
    }

    /** The end of the first process of a PID namespace is that of all the others. */
    private void kill(ContainerId id, ProcessRef init, Duration limit) {
        try (Fd death = Processes.pidfdOpen(init.pid())) {
            killIfAlive(init, Signal.KILL);
            if (processes.alive(init) && Readiness.await(List.of(death), limit).isEmpty()) {
                throw Failure.of(
                        RuntimeCode.IO,
                        "cannot end " + id.inSentence() + ": its init, process " + init.pid()
                                + ", still is there after " + limit.toMillis() + " ms");
            }
        } catch (LinuxException e) {
            unlessEnded(e);
        }
    }

    private void killIfAlive(ProcessRef process, Signal signal) {
        try {
            processes.kill(process, signal);
        } catch (LinuxException e) {
            unlessEnded(e);
        }
    }

    private static void unlessEnded(LinuxException e) {
        if (!e.errno().equals(Errno.ESRCH)) {
            throw e;
        }
    }

    private List<ProcessRef> inPidNamespace(ContainerRecord record) {
        return record.state()
                .init()
                .filter(processes::alive)
                .map(processes::inPidNamespaceOf)
                .orElse(List.of());
    }
}
