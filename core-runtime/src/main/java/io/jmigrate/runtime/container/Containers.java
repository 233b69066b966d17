package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.cgroup.systemd.SystemdCgroups;
import io.jmigrate.runtime.cgroup.systemd.UnitPlacement;
import io.jmigrate.runtime.cgroup.systemd.bus.BusConnection;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.RootEntry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The containers below one runtime root, and the operations on them. */
public final class Containers {
    private static final String NATIVE_INIT = "jmigrate-init";

    private final LifecycleHost host;

    private Containers(LifecycleHost host) {
        this.host = host;
    }

    /**
     * On behalf of this process: containers get their cgroups below its own.
     *
     * @param root the runtime root, for example {@code /run/jmigrate}; made when it is needed
     * @param launcher starts what a container consists of; the bridges of container networks are in its network namespace
     * @param nativeDirectory has {@code jmigrate-init}
     */
    public static Containers at(Path root, Launcher launcher, Path nativeDirectory) {
        return at(root, launcher, nativeDirectory, (int) ProcessHandle.current().pid());
    }

    /**
     * On behalf of another process, for example of a front that was given to a service.
     *
     * @param callerPid containers get their cgroups below its own
     */
    public static Containers at(Path root, Launcher launcher, Path nativeDirectory, int callerPid) {
        return new Containers(new LifecycleHost(
                new ContainerStore(root),
                ProcessTable.ofHost(),
                new SystemdCgroups(Cgroups.ofHost(), BusConnection::open),
                CgroupHierarchies::place,
                launcher,
                nativeDirectory.toAbsolutePath().normalize().resolve(NATIVE_INIT),
                _ -> {},
                rightsHere(),
                callerPid));
    }

    private static Rights rightsHere() {
        int uid = Processes.effectiveUid();
        boolean overHost = uid == 0 && Processes.inFirstUserNamespace();
        return new Rights(Integer.toUnsignedLong(uid), Integer.toUnsignedLong(Processes.gid()), overHost, !overHost);
    }

    /**
     * The same with another word on whether containers do without a cgroup of their own where this user may not make one; otherwise
     * those of anybody but the host's root do.
     */
    public Containers withCgroupOptional(boolean optional) {
        return new Containers(host.withCgroupOptional(optional));
    }

    /** The same, telling of what a container asks for and does not get, a sentence each, as the runtime specification wants. */
    public Containers warning(Consumer<String> listener) {
        return new Containers(host.warning(listener));
    }

    /** A native program beside the native init. */
    public Path nativeProgram(String name) {
        return host.nativeInit().resolveSibling(name);
    }

    /** Tells who is told of what a container asks for and does not get. @param sentence about it */
    public void warn(String sentence) {
        host.warn(sentence);
    }

    /** The same, having systemd make the cgroups of new containers: {@code linux.cgroupsPath} is {@code SLICE:PREFIX:NAME} then. */
    public Containers amongSystemdUnits() {
        return new Containers(host.placing(UnitPlacement.OF_HOST));
    }

    public CreateContainer create() {
        return new CreateContainer(host);
    }

    /**
     * The steps by which a container of a bundle would be made here. Nothing is done.
     *
     * @param id what the container would be called
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG, UNSUPPORTED
     */
    public Plan plan(ContainerId id, Path bundle) {
        return InitPlans.create(host, Blueprint.toCreate(host, id, bundle, false), RootEntry.PIVOT, 0, 0);
    }

    public StartContainer start() {
        return new StartContainer(host);
    }

    public RunContainer run() {
        return new RunContainer(host);
    }

    public KillContainer kill() {
        return new KillContainer(host);
    }

    public StopContainer stop() {
        return new StopContainer(host);
    }

    public StartAgain startAgain() {
        return new StartAgain(host);
    }

    public DeleteContainer delete() {
        return new DeleteContainer(host);
    }

    public ExecInContainer exec() {
        return new ExecInContainer(host);
    }

    public ListContainers list() {
        return new ListContainers(host);
    }

    public InspectState state() {
        return new InspectState(host);
    }

    public ListProcesses ps() {
        return new ListProcesses(host);
    }

    public PauseContainer pause() {
        return new PauseContainer(host);
    }

    public ContainerStatistics statistics() {
        return new ContainerStatistics(host);
    }

    public UpdateContainer update() {
        return new UpdateContainer(host);
    }

    /**
     * Makes a place for a container that comes from images. Prerequisite: the id is free. On failure nothing is left of it.
     *
     * @throws io.jmigrate.runtime.failure.Failure ALREADY_EXISTS, INVALID_CONFIG, UNSUPPORTED, INIT_FAILED, IO
     */
    public RestoreSlot prepareRestore(RestoreReservation reservation) {
        return RestoreSlot.prepare(host, reservation);
    }

    /**
     * Takes over a place whose holder has died before it completed or abandoned it, or has left it.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE if the container is not being restored
     */
    public RestoreSlot reopenRestore(ContainerId id) {
        return RestoreSlot.reopen(host, id);
    }

    /**
     * Takes over a container that was held by a process that has died.
     *
     * @param init the process that waits, or has become the program meanwhile
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND, WRONG_STATE if the container is not being made
     */
    public HeldContainer reopenHeld(ContainerId id, ProcessRef init) {
        return HeldContainer.reopen(host, id, init);
    }

    /** Records and locks. */
    public ContainerStore store() {
        return host.store();
    }

    /**
     * A container's record, in the state that is true now.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND
     */
    public ContainerRecord inspect(ContainerId id) {
        return host.status().refresh(host.store().load(id));
    }

    /** A container's cgroups, to freeze and thaw it. */
    public Cgroup cgroup(ContainerRecord record) {
        return host.cgroups().open(record.cgroup());
    }

    /** The interfaces that a container's annotation asks for. */
    public Optional<NetworkAttachment> network(ContainerRecord record) {
        return host.networks().of(record);
    }

    /** The lock of a container's network namespace. */
    public Optional<NetworkLock> networkLock(ContainerRecord record) {
        return host.networks().lockOf(record);
    }
}
