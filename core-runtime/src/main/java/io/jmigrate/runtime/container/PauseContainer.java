package io.jmigrate.runtime.container;

import io.jmigrate.runtime.store.NameLock;
import java.time.Duration;

/** Freezes a container by its cgroup and thaws it. */
public final class PauseContainer {
    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);

    private final LifecycleHost host;

    PauseContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is created or running. On success none of its processes runs. On failure all of them run.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE, IO if they can't be frozen
     */
    public void pause(ContainerId id) {
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id));
            ContainerState.Paused paused =
                    switch (record.state()) {
                        case ContainerState.Created created -> created.paused();
                        case ContainerState.Running running -> running.paused();
                        case ContainerState.Creating _, ContainerState.Paused _, ContainerState.Stopped _ ->
                            throw Refusal.of("pause", record);
                    };
            host.cgroups().open(record.cgroup()).freeze(FREEZE_LIMIT);
            host.store().save(record.in(paused));
        }
    }

    /**
     * Prerequisite: the container is paused. On success its processes run again, or wait for the start again.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY
     */
    public void resume(ContainerId id) {
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id));
            if (!(record.state() instanceof ContainerState.Paused paused)) {
                throw Refusal.of("resume", record);
            }
            DepartureMark.refuse(host.store(), record, "resume");
            host.cgroups().open(record.cgroup()).thaw();
            host.store().save(record.in(paused.resumed()));
        }
    }
}
