package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.store.NameLock;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts a container anew that has ended, as the same one. */
public final class StartAgain {
    private final LifecycleHost host;

    StartAgain(LifecycleHost host) {
        this.host = host;
    }

    /**
     * What would keep a container from being started once more, as far as its config tells.
     *
     * @throws Failure NOT_FOUND, INVALID_CONFIG, UNSUPPORTED, STATE_UNREADABLE
     */
    public void check(ContainerId id) {
        Blueprint.again(host, host.store().load(id));
    }

    /**
     * Prerequisite: the container is stopped, or an earlier call was killed, whatever it had come to; its bundle is there. What is left of it is
     * removed, with the hooks that follow, and it is made and started by the config that was kept when it was made, with limits as they were set
     * last, in its cgroup. On success its program was executed; its id and the time of its creation are what they were, its processes and its
     * network namespace are new. On failure it is stopped, and nothing of it is there but its record.
     *
     * @param known the container as it was: another one that has its id by now is left alone
     * @param streams for its init
     * @throws Failure NOT_FOUND, also if another one has its id by now, WRONG_STATE, or as {@link CreateContainer} and {@link StartContainer}
     */
    public ContainerRecord run(ContainerRecord known, StandardStreams streams) {
        ContainerId id = known.id();
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id, Optional.of(known.created())));
            switch (record.state()) {
                case ContainerState.Creating _ when record.restored() -> throw Refusal.of("start again", record);
                case ContainerState.Stopped _, ContainerState.Creating _ -> make(record, streams);
                case ContainerState.Created _ -> {} // whoever made it was killed before the start
                case ContainerState.Running _, ContainerState.Paused _ -> throw Refusal.of("start again", record);
            }
        }
        return new StartContainer(host).start(id);
    }

    private void make(ContainerRecord ended, StandardStreams streams) {
        Blueprint blueprint = Blueprint.again(host, ended);
        host.remains().removeAllButRecord(ended);
        host.store().save(blueprint.record());
        CreateRequest request = CreateRequest.of(ended.id(), ended.bundle(), streams);
        try {
            new MakeContainer(host, request, blueprint).run(host.store()::save);
        } catch (RuntimeException e) {
            undo(blueprint.record(), e);
            throw e;
        }
    }

    private void undo(ContainerRecord record, RuntimeException cause) {
        try {
            host.remains().removeAllButRecord(record);
            host.store().save(record.in(new ContainerState.Stopped(OptionalInt.empty())));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
