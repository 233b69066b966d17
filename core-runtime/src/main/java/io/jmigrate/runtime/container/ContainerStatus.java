package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroups;
import java.nio.file.Files;
import java.util.OptionalInt;

/**
 * Decides in which state a container really is. The record says what it was when the last command saved it; the kernel says
 * whether the init still lives and whether it is frozen, the exec FIFO and its program whether it still waits for the start.
 */
final class ContainerStatus {
    private final ContainerStore store;
    private final ProcessTable processes;
    private final Cgroups cgroups;

    ContainerStatus(ContainerStore store, ProcessTable processes, Cgroups cgroups) {
        this.store = store;
        this.processes = processes;
        this.cgroups = cgroups;
    }

    /** The same record in the state that is true now. */
    ContainerRecord refresh(ContainerRecord record) {
        return switch (record.state()) {
            case ContainerState.Creating _, ContainerState.Stopped _ -> record;
            case ContainerState.Live live -> record.in(actual(record, live));
        };
    }

    /** A start that was killed may have released the init and not removed the FIFO. */
    private boolean waits(ContainerRecord record, ContainerState.Live live) {
        boolean wasStarted = live instanceof ContainerState.Running
                || live instanceof ContainerState.Paused paused && paused.started();
        return !wasStarted && Files.exists(store.execFifo(record.id())) && processes.isNativeInit(live.process());
    }

    private ContainerState actual(ContainerRecord record, ContainerState.Live live) {
        if (!processes.acts(live.process())) {
            return live.stopped(OptionalInt.empty());
        }
        boolean waits = waits(record, live);
        if (cgroups.open(record.cgroup()).isFrozen()) {
            return new ContainerState.Paused(live.process(), !waits);
        }
        return waits ? new ContainerState.Created(live.process()) : new ContainerState.Running(live.process());
    }
}
