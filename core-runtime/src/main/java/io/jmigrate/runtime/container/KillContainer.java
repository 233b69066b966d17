package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.store.NameLock;

/** Sends a signal to a container. */
public final class KillContainer {
    private final LifecycleHost host;

    KillContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container lives; with {@link KillRequest#all()} its init may have ended. On success the signal has been
     * sent. A SIGKILL ends every process, also where the init leads no pid namespace, and thaws a paused container, which could
     * not die otherwise; none of one that may have been given away executes anything more. On failure nothing has changed.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE
     */
    public void kill(KillRequest request) {
        try (NameLock _ = host.store().lock(request.id())) {
            ContainerRecord record = host.status().refresh(host.store().load(request.id()));
            if (request.all() && !(record.state() instanceof ContainerState.Creating)) {
                host.members().signal(record, request.signal());
            } else {
                ProcessRef init = record.state().init().orElseThrow(() -> Refusal.of("kill", record));
                signalInit(record, init, request.signal());
            }
            if (request.signal().equals(Signal.KILL)) {
                host.cgroups().open(record.cgroup()).thaw();
            }
        }
    }

    private void signalInit(ContainerRecord record, ProcessRef init, Signal signal) {
        boolean others = signal.equals(Signal.KILL)
                && (!host.processes().leadsPidNamespace(init)
                        || DepartureMark.of(host.store(), record).isPresent());
        signal(host, record, init, signal);
        if (others) {
            host.members().signal(record, signal);
        }
    }

    /** @throws Failure WRONG_STATE if it has ended, PERMISSION */
    static void signal(LifecycleHost host, ContainerRecord record, ProcessRef init, Signal signal) {
        try {
            host.processes().kill(init, signal);
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ESRCH)) {
                throw Refusal.of("kill", host.status().refresh(record)).withCause(e);
            }
            throw Failure.of(
                            RuntimeCode.PERMISSION,
                            "cannot send " + signal + " to " + record.id().inSentence() + ": "
                                    + e.errno().text())
                    .withCause(e);
        }
    }
}
