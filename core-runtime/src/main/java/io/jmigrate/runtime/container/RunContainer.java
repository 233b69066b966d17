package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.store.NameLock;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Creates a container and starts it. */
public final class RunContainer {
    private final LifecycleHost host;

    RunContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Leaves the container running. Prerequisite: the id is free. On failure nothing is left of it.
     *
     * @throws io.jmigrate.runtime.failure.Failure as {@link CreateContainer} and {@link StartContainer}
     */
    public ContainerRecord detached(CreateRequest request) {
        return run(request, () -> {}).record();
    }

    /**
     * As {@link #detached} for a launcher that starts nothing else: how the init ends is left to whoever inherits it when the
     * launcher's process has ended.
     */
    public ContainerRecord leaving(CreateRequest request) {
        return run(request, host.launcher()::leaveChildren).record();
    }

    /**
     * Waits until the container's init has ended and removes the container, unless it is to be kept. Prerequisite: the id is free. On
     * failure nothing is left of it, except when the front dies meanwhile: then the container runs on.
     *
     * @param started told of the init as soon as the container runs; signals that the caller gets from then on are for it
     * @return how the init ended
     */
    public ExitStatus foreground(RunRequest request, Consumer<Child> started) {
        CreatedContainer running = run(request.create(), () -> {});
        started.accept(running.init());
        ExitStatus status = await(running);
        end(running.record(), status, request.keep());
        return status;
    }

    private static ExitStatus await(CreatedContainer running) {
        try {
            return running.init().await();
        } catch (LaunchException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot wait for " + running.record().id().inSentence() + ", which runs on: "
                                    + e.getMessage())
                    .withCause(e);
        }
    }

    private CreatedContainer run(CreateRequest request, Runnable beforeStart) {
        CreatedContainer created = new CreateContainer(host).create(request);
        try {
            beforeStart.run();
            return new CreatedContainer(new StartContainer(host).start(request.id()), created.init());
        } catch (RuntimeException e) {
            try (NameLock _ = host.store().lock(request.id())) {
                host.remains().remove(created.record());
            } catch (RuntimeException cleanUp) {
                e.addSuppressed(cleanUp);
            }
            throw e;
        }
    }

    /** Another command may have removed it meanwhile, and even made another one of this id. */
    private void end(ContainerRecord ended, ExitStatus status, boolean keep) {
        try (NameLock _ = host.store().lock(ended.id())) {
            host.store()
                    .find(ended.id())
                    .filter(record -> record.created().equals(ended.created()))
                    .ifPresent(record -> end(record, record.state(), status, keep));
        }
    }

    private void end(ContainerRecord record, ContainerState state, ExitStatus status, boolean keep) {
        if (!keep) {
            host.remains().remove(record);
        } else if (state instanceof ContainerState.Live live) {
            host.store().save(record.in(live.stopped(OptionalInt.of(status.code()))));
        }
    }
}
