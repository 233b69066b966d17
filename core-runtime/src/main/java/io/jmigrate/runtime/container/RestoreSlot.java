package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.spec.SpecChanges;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place for a container that comes from images: its id, its cgroups with their limits, its network namespace and its root
 * filesystem where CRIU needs it are there, its processes are not. The container's state is creating, and other commands on it
 * wait, until the slot is completed or abandoned.
 *
 * <p>Its network is as a restore needs it: interfaces configured, links down, and all packets dropped by {@link SlotNetwork#lock()}.
 * Who restores brings the links up under the lock, and unlocks and announces when the sockets are there. Without an annotation
 * there are no interfaces and nothing to lock. Where the {@linkplain SlotNetwork#comesWithTree network comes with the tree} all that is done
 * by {@link SlotNetwork#take}.
 *
 * <p>If the process that holds the slot dies, the slot stays; {@link Containers#reopenRestore} takes it over, {@code delete
 * --force} removes it.
 */
public final class RestoreSlot implements AutoCloseable {
    /** The native program that brings memory into processes that run. */
    public static final String MEMORY_PROGRAM = "jmigrate-fill";

    private final LifecycleHost host;
    private final Blueprint blueprint;
    private final Optional<Path> pidFile;
    private final NameLock lock;
    private final SlotRoot rootfs;
    private final SlotNetwork network;
    private CgroupKeeper keeper = CgroupKeeper.NONE;
    private boolean open = true;

    private RestoreSlot(LifecycleHost host, Blueprint blueprint, Optional<Path> pidFile, NameLock lock) {
        this.host = host;
        this.blueprint = blueprint;
        this.pidFile = pidFile;
        this.lock = lock;
        this.rootfs = new SlotRoot(host, blueprint);
        this.network = new SlotNetwork(host, blueprint);
    }

    static RestoreSlot prepare(LifecycleHost host, RestoreReservation reservation) {
        Blueprint blueprint = Blueprint.toRestore(host, reservation.id(), reservation.bundle(), reservation.changes());
        NameLock lock = host.store().lock(reservation.id());
        try {
            RestoreSlot slot = new RestoreSlot(host, blueprint, reservation.pidFile(), lock);
            return Reservation.of(host, blueprint.record()).fill(slot::furnish);
        } catch (RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    /** Takes over a slot whose holder has died. */
    static RestoreSlot reopen(LifecycleHost host, ContainerId id) {
        NameLock lock = host.store().lock(id);
        try {
            ContainerRecord record = host.store().load(id);
            if (!record.restored() || !(record.state() instanceof ContainerState.Creating)) {
                throw Refusal.of("go on restoring", host.status().refresh(record));
            }
            Blueprint again = Blueprint.toRestore(host, id, record.bundle(), SpecChanges.NONE);
            return new RestoreSlot(host, new Blueprint(again.spec(), again.config(), record), Optional.empty(), lock);
        } catch (RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    private RestoreSlot furnish() {
        host.store().keepConfig(id(), blueprint.spec());
        keeper = CgroupKeeper.make(host, blueprint);
        host.warnOfIgnored(id(), blueprint.config().resources());
        network.make();
        rootfs.mount();
        return this;
    }

    /**
     * Has the root filesystem show what has come into its upper layer since it was mounted, which the kernel wants to be left alone as long as it
     * is (overlayfs.rst, "Changes to underlying filesystems"). Others are as they are.
     */
    public void renewRoot() {
        requireOpen();
        rootfs.renew();
    }

    public ContainerId id() {
        return blueprint.record().id();
    }

    /** For whoever restores, to be made; below the runtime root, and removed with the container. */
    public Path workDirectory() {
        return host.store().restoreWork(id());
    }

    /** The native program that brings memory into processes that run, beside the native init. */
    public Path memoryProgram() {
        return host.nativeInit().resolveSibling(MEMORY_PROGRAM);
    }

    /** The record, in the state creating. */
    public ContainerRecord record() {
        return blueprint.record();
    }

    /** What the bundle asks for. */
    public Config config() {
        return blueprint.config();
    }

    /** What it is connected to. */
    public SlotNetwork network() {
        return network;
    }

    /** Below the runtime root; files put into it vanish with the container. */
    public Path directory() {
        return host.store().directory(id());
    }

    /** The root filesystem, bound at a mount point of its own until the slot is completed or abandoned. */
    public Path root() {
        return rootfs.bound();
    }

    /**
     * Runs the hooks that set up what the container needs of the host, as runc does when it restores: Docker's connect it to its network.
     *
     * @param root pid of the tree's root, which is in its namespaces
     * @throws Failure HOOK_FAILED
     */
    public void runHooks(int root) {
        requireOpen();
        host.hooks().creating(blueprint.record(), blueprint.config().hooks(), root);
    }

    /** The cgroups, which are there with their limits and without members. */
    public Cgroup cgroup() {
        return host.cgroups().open(blueprint.record().cgroup());
    }

    /**
     * Changes the limits to those that the container had when it was dumped.
     *
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, UNSUPPORTED, LIMIT_REFUSED
     */
    public void update(ResourcesChange change) {
        requireOpen();
        LimitsUpdate.apply(host, blueprint.record(), change);
    }

    /** What the limits would be after that. @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG */
    public Resources limitsAfter(ResourcesChange change) {
        requireOpen();
        return LimitsUpdate.after(host, blueprint.record(), change);
    }

    /**
     * The tree has been restored and runs, or will without further help: the container is running and the slot is closed. If this
     * fails the slot is left to {@link Containers#reopenRestore}: nobody may take a tree that runs for one that was given up.
     *
     * @param init the tree's root
     */
    public ContainerRecord complete(ProcessRef init) {
        requireOpen();
        open = false;
        try (lock;
                CgroupKeeper _ = keeper) {
            ContainerRecord running = blueprint.record().in(new ContainerState.Creating().restored(init));
            host.store().save(running);
            PidFile.write(pidFile, init);
            rootfs.unbind();
            return running;
        }
    }

    /** Removes everything, processes that were restored too, and gives the id back. */
    public void abandon() {
        requireOpen();
        open = false;
        try (lock) {
            keeper.close(); // it is not in all cgroups, so that not all would see it end
            host.remains().remove(blueprint.record());
        }
    }

    /** Leaves everything as it is, for a later {@link Containers#reopenRestore}. */
    public void leave() {
        requireOpen();
        open = false;
        try (lock) {
            keeper.close();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the slot of " + id() + " is completed or abandoned");
        }
    }

    /** Abandons a slot that was not completed. */
    @Override
    public void close() {
        if (open) {
            abandon();
        }
    }
}
