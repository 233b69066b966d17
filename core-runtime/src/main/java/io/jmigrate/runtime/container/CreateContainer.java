package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.store.NameLock;

/** Makes a container whose init waits for the start. */
public final class CreateContainer {
    private final LifecycleHost host;

    CreateContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the id is free. On success the container is created: its namespaces, cgroups, mounts and network are there and
     * its init waits. On failure nothing is left of it; what could not be undone is suppressed in the failure, and {@code delete
     * --force} removes it.
     *
     * @throws Failure ALREADY_EXISTS, INVALID_CONFIG, UNSUPPORTED, CONSOLE, HOOK_FAILED, COMMAND_NOT_FOUND, NOT_EXECUTABLE, INIT_FAILED, IO
     */
    public CreatedContainer create(CreateRequest request) {
        Blueprint blueprint = blueprint(request);
        try (NameLock _ = host.store().lock(request.id())) {
            MakeContainer maker = new MakeContainer(host, request, blueprint);
            return Reservation.of(host, blueprint.record()).fill(() -> maker.run(host.store()::save));
        }
    }

    /**
     * The same, of one that nobody else can start: its state stays creating, and other commands on it wait, until the result is started or
     * closed.
     *
     * @throws Failure as {@link #create}
     */
    public HeldContainer hold(CreateRequest request) {
        Blueprint blueprint = blueprint(request);
        NameLock lock = host.store().lock(request.id());
        try {
            return MachineErrors.get(() -> held(request, blueprint, lock));
        } catch (RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    private HeldContainer held(CreateRequest request, Blueprint blueprint, NameLock lock) {
        MakeContainer maker = new MakeContainer(host, request, blueprint);
        return Reservation.of(host, blueprint.record()).fill(() -> {
            CreatedContainer made = maker.run(_ -> {});
            return new HeldContainer(
                    host, blueprint.record(), made.record().state().init().orElseThrow(), lock);
        });
    }

    private Blueprint blueprint(CreateRequest request) {
        Blueprint blueprint = Blueprint.toCreate(host, request.id(), request.bundle(), request.keepsKeyring());
        request.console().check(blueprint.config().process().terminal().isPresent());
        return blueprint;
    }
}
