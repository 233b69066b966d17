package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.HookConfig;
import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Lets the init of a created container become the user's program. */
public final class StartContainer {
    private final LifecycleHost host;

    StartContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is created. On success its program has been executed, and may have ended already. On failure the
     * container is as it was, or stopped when its init has ended meanwhile, as it does when one of its startContainer
     * hooks fails.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY, HOOK_FAILED, INIT_FAILED
     */
    public ContainerRecord start(ContainerId id) {
        Started started = startLocked(id);
        host.hooks().started(started.record(), started.hooks());
        return started.record();
    }

    private record Started(ContainerRecord record, Hooks hooks) {}

    private Started startLocked(ContainerId id) {
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id));
            if (record.state() instanceof ContainerState.Created created) {
                Hooks hooks = host.store().hooks(record);
                return new Started(start(record, created, hooks), hooks);
            }
            DepartureMark.refuse(host.store(), record, "start");
            throw Refusal.of("start", record);
        }
    }

    private ContainerRecord start(ContainerRecord record, ContainerState.Created created, Hooks hooks) {
        release(record.id(), created.process(), hooks.of(HookKind.START_CONTAINER));
        return keep(record, created);
    }

    /** Returns when the init has become the program. Under the container's lock. */
    void release(ContainerId id, ProcessRef init, List<HookConfig> hooks) {
        new StartSignal(id, host.store().execFifo(id)).give(init, hooks);
    }

    /** Writes down that it runs. */
    ContainerRecord keep(ContainerRecord record, ContainerState.Created created) {
        return keep(record, created.started());
    }

    /** Writes down that it can't be started any more, and has ended if it ever ran. */
    void keepEnded(ContainerRecord record) {
        keep(record, new ContainerState.Stopped(OptionalInt.empty()));
    }

    private ContainerRecord keep(ContainerRecord record, ContainerState state) {
        Path fifo = host.store().execFifo(record.id());
        ContainerRecord next = record.in(state);
        try {
            Files.deleteIfExists(fifo);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + fifo + ": " + IoReason.of(e))
                    .withCause(e);
        }
        host.store().save(next);
        return next;
    }
}
