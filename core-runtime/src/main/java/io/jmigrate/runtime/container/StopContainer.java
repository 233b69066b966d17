package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Ends a container in the way that its program is used to. */
public final class StopContainer {
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);

    private final LifecycleHost host;

    StopContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container runs. On success it is stopped: its init was given time to end, and no process of it is left; its record,
     * network namespace and mounts are. Other commands may come between the signal and the end. On failure the signal may have been sent.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, also if another one has its id by now, WRONG_STATE, GIVEN_AWAY, PERMISSION, or IO if it can't be
     *     killed
     */
    public void stop(StopRequest request) {
        ContainerRecord record = signalled(request);
        awaitEnd(record.state().init().orElseThrow(), request.grace());
        try (NameLock _ = host.store().lock(request.id())) {
            host.store()
                    .find(request.id())
                    .filter(found -> found.created().equals(record.created()))
                    .ifPresent(this::end);
        }
    }

    private ContainerRecord signalled(StopRequest request) {
        try (NameLock _ = host.store().lock(request.id())) {
            ContainerRecord record = host.status().refresh(host.store().load(request.id(), request.created()));
            if (record.state() instanceof ContainerState.Running running) {
                KillContainer.signal(host, record, running.process(), request.signal());
                return record;
            }
            DepartureMark.refuse(host.store(), record, "stop");
            throw Refusal.of("stop", record);
        }
    }

    private static void awaitEnd(ProcessRef init, Duration grace) {
        try (Fd death = Processes.pidfdOpen(init.pid())) {
            if (Processes.alive(init)) {
                Readiness.await(List.of(death), grace);
            }
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    private void end(ContainerRecord record) {
        host.members().destroy(record, DEATH_LIMIT);
        if (record.state() instanceof ContainerState.Live live) {
            host.store().save(record.in(live.stopped(OptionalInt.empty())));
        }
    }
}
