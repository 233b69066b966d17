package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.store.NameLock;
import java.util.Optional;

/** Removes a container. */
public final class DeleteContainer {
    private final LifecycleHost host;

    DeleteContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is stopped, or created and not started; with {@link DeleteRequest#force()} there is none. On
     * success nothing is left of it. On failure its record stays, so that deleting can be tried again.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, GIVEN_AWAY, or IO if something of it can't be removed; STATE_UNREADABLE if one of a certain age is meant
     */
    public void delete(DeleteRequest request) {
        try (NameLock _ = host.store().lock(request.id())) {
            if (request.force() && request.created().isEmpty()) {
                deleteByForce(request.id());
            } else if (request.force()) {
                host.store()
                        .find(request.id())
                        .filter(found ->
                                found.created().equals(request.created().get()))
                        .ifPresent(host.remains()::remove);
            } else {
                host.remains().remove(checked(host.store().load(request.id(), request.created())));
            }
        }
    }

    private ContainerRecord checked(ContainerRecord record) {
        ContainerRecord now = host.status().refresh(record);
        DepartureMark.refuse(host.store(), now, "delete");
        return switch (now.state()) {
            case ContainerState.Stopped _, ContainerState.Created _ -> now;
            case ContainerState.Creating _, ContainerState.Running _, ContainerState.Paused _ ->
                throw Refusal.of("delete", now);
        };
    }

    private void deleteByForce(ContainerId id) {
        try {
            host.store().find(id).ifPresentOrElse(host.remains()::remove, () -> host.store()
                    .remove(id));
        } catch (Failure e) {
            if (e.code() != RuntimeCode.STATE_UNREADABLE) {
                throw e;
            }
            host.remains().removeUnreadable(id, guessedCgroup(id));
        }
    }

    /** Without a record that can be read, the container can only be looked for where it is put by default. */
    private CgroupPaths guessedCgroup(ContainerId id) {
        return host.place(Optional.empty(), Blueprint.hostName(host.store().root(), id));
    }
}
