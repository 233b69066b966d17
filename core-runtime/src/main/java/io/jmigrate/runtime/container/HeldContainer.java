package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.HookKind;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;

/**
 * A container that was made, whose init waits, and that nobody but the holder of this can start: its state is creating, and other commands on it
 * wait, until it is started or closed. If the process that holds it dies it stays as it is; {@link Containers#reopenHeld} takes it over,
 * {@code delete --force} removes it. Used by one thread.
 */
public final class HeldContainer implements AutoCloseable {
    private final LifecycleHost host;
    private final ContainerRecord record;
    private final ProcessRef init;
    private final NameLock lock;
    private boolean open = true;
    private boolean started;

    HeldContainer(LifecycleHost host, ContainerRecord record, ProcessRef init, NameLock lock) {
        this.host = host;
        this.record = record;
        this.init = init;
        this.lock = lock;
    }

    /** Takes over one whose holder has died. */
    static HeldContainer reopen(LifecycleHost host, ContainerId id, ProcessRef init) {
        NameLock lock = host.store().lock(id);
        try {
            ContainerRecord record = host.store().load(id);
            if (record.restored() || !(record.state() instanceof ContainerState.Creating)) {
                throw Refusal.of("go on starting", host.status().refresh(record));
            }
            return new HeldContainer(host, record, init, lock);
        } catch (RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    /** In the state creating. */
    public ContainerRecord record() {
        return record;
    }

    /** The process that waits. */
    public ProcessRef init() {
        return init;
    }

    /**
     * Lets its init become its program, unless an earlier holder has done that, and is closed by it. On failure, before the program was executed,
     * it is still held; it can't be started any more if its init has ended, as when one of its startContainer hooks fails. After that it stays as
     * it is, running, for {@link Containers#reopenHeld}.
     *
     * @throws Failure HOOK_FAILED, INIT_FAILED, IO
     */
    public ContainerRecord start() {
        if (!open) {
            throw new IllegalStateException("container " + record.id() + " is not held any more");
        }
        Hooks hooks = host.store().hooks(record);
        StartContainer starter = new StartContainer(host);
        if (!host.processes().alive(init) || host.processes().isNativeInit(init)) {
            starter.release(record.id(), init, hooks.of(HookKind.START_CONTAINER));
        }
        started = true;
        ContainerRecord running = starter.keep(record, new ContainerState.Creating().created(init));
        close();
        host.hooks().started(running, hooks);
        return running;
    }

    /** Whether its program was executed, also if what {@link #start} does after that has failed. */
    public boolean wasStarted() {
        return started;
    }

    /**
     * Prerequisite: its init has ended. Nobody may know whether it had become its program: the container is one that has stopped, with its files.
     *
     * @throws Failure IO
     */
    public void end() {
        started = true;
        new StartContainer(host).keepEnded(record);
        close();
    }

    /** Removes it, unless it was started. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try (lock) {
            if (!started) {
                host.remains().remove(record);
            }
        }
    }
}
