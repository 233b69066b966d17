package io.jmigrate.migration.engine;

import io.jmigrate.criu.ArrivingMemory;
import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.LeftConnectionLock;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The source on this host. */
final class LocalSource implements SourceNode {
    private final MigrationHost host;
    private final ContainerId id;
    private final MigrationId migration;
    private final ContainerRecord container;
    private final Optional<TrackerKind> wanted;
    private Set<String> apart = Set.of();
    private final NetworkTerms network;
    private final SourceRoot root;

    /**
     * @param wanted tracker; empty: the best that this host has
     * @param network what becomes of its connections
     * @throws Failure NOT_FOUND
     */
    LocalSource(
            MigrationHost host,
            ContainerId id,
            MigrationId migration,
            Optional<TrackerKind> wanted,
            NetworkTerms network) {
        this.host = host;
        this.id = id;
        this.migration = migration;
        this.container = host.containers().inspect(id);
        this.root = new SourceRoot(container.rootfs());
        this.wanted = wanted;
        this.network = network;
    }

    /** The container's root process, as far as it has one. */
    Optional<ProcessRef> tree() {
        return container.state().init();
    }

    /** When it was made. */
    Instant created() {
        return container.created();
    }

    /** What is there of it; another one that has its name by now is not it. */
    Optional<ContainerRecord> now() {
        try {
            return Optional.of(host.containers().inspect(id))
                    .filter(found -> found.created().equals(container.created()));
        } catch (Failure e) {
            if (e.code() == RuntimeCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Whether it is the container that was leaving. One whose processes have ended, or were started again, is known by the
     * time when it was made.
     */
    boolean isOf(SourceRecord entry) {
        return entry.startsAnew() || container.state() instanceof ContainerState.Stopped
                ? entry.isOfOneMadeAt(container.created())
                : tree().equals(entry.tree());
    }

    @Override
    public String config() {
        Path file = host.containers().store().configFile(id);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.of(MigrationCode.PREFLIGHT, "cannot read " + file).withCause(e);
        }
    }

    @Override
    public Path rootfs() {
        return container.rootfs();
    }

    @Override
    public Path tree(RootfsMode mode) {
        return root.tree(mode);
    }

    @Override
    public List<LowerLayer> lowers(RootfsMode mode) {
        return root.lowers(mode);
    }

    @Override
    public HostFacts facts() {
        return ThisHost.facts(host);
    }

    @Override
    public ContainerSize size(RootfsMode mode) {
        Measure.Tree files = mode == RootfsMode.SHARED ? new Measure.Tree(0, 0) : Measure.tree(tree(mode));
        try (LeavingMounts mounts = mounts()) {
            Measure.Tree inMemory = mounts.size();
            return new ContainerSize(
                    Measure.memory(cgroup().processes()),
                    files.bytes(),
                    files.entries(),
                    inMemory.bytes(),
                    inMemory.entries());
        }
    }

    @Override
    public ContainerNeeds needs() {
        List<Integer> pids = cgroup().processes();
        return memoryArrives() ? NeedsReader.ofArriving(pids) : NeedsReader.of(pids);
    }

    @Override
    public List<Check> checks(RootfsMode mode) {
        String word = container.state().word();
        if (!word.equals("running")) {
            return List.of(DepartureChecks.outOfState(id.inSentence() + " is " + word, word));
        }
        if (memoryArrives()) {
            return DepartureChecks.ofArriving(KernelFacts.features());
        }
        return new LeavingChecks(host, container, wanted, network, root).of(mode, config());
    }

    /** What counts of it for one that is not dumped. */
    List<Check> checksOfFilesAndAddresses(RootfsMode mode) {
        return Stream.concat(root.check(mode).stream(), connections().checksOfAddresses(config(), network).stream())
                .toList();
    }

    private LeavingConnections connections() {
        return new LeavingConnections(host.containers(), container);
    }

    @Override
    public boolean memoryArrives() {
        return ArrivingMemory.isUnderWay(host.containers(), id);
    }

    @Override
    public LeavingMounts memoryMounts() {
        LeavingMounts mounts = mounts();
        apart = mounts.places();
        return mounts;
    }

    private LeavingMounts mounts() {
        return tree().filter(Processes::alive)
                .map(root ->
                        LeavingMounts.of(host.containers().store().config(container), root.pid(), cgroup()::processes))
                .orElseGet(LeavingMounts::none);
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return LocalMemory.of(host, cgroup()::processes, wanted, taker);
    }

    @Override
    public void dump(Path images, DumpListener listener) {
        CheckpointRequest request = CheckpointRequest.of(id, images)
                .withWorkDirectory(Journals.at(host.root()).directory().resolve(migration + ".dump"))
                .withOptions(LeavingChecks.options(network))
                .toHandOver(apart);
        new CheckpointContainer(host.containers(), host.launcher(), host.criu()).run(request, listener);
    }

    @Override
    public Set<FileKey> mappedFiles() {
        return MappedFiles.of(cgroup().processes());
    }

    @Override
    public Throttle throttle() {
        return new LocalThrottle(cgroup());
    }

    @Override
    public void resetConnections() {
        connections().reset();
    }

    @Override
    public void linkDown() {
        host.containers().network(container).ifPresent(NetworkAttachment::linkDown);
    }

    @Override
    public void linkUp() {
        host.containers().network(container).ifPresent(NetworkAttachment::linkUp);
        network().finish(NetworkEvent.ATTACH);
    }

    @Override
    public void networkLeaves() {
        network().begin(container);
    }

    private NetworkMove network() {
        return new NetworkMove(host, migration, Side.SOURCE);
    }

    private Cgroup cgroup() {
        return host.containers().cgroup(container);
    }

    @Override
    public void freeze() {
        departing().freeze();
    }

    @Override
    public void thaw() {
        departing().thaw();
    }

    @Override
    public StandingMemory standing() {
        return departing().memory();
    }

    private DepartingCopy departing() {
        return new DepartingCopy(host.containers(), container, migration);
    }

    @Override
    public void killFrozen() {
        now().map(host.containers()::cgroup).ifPresent(Cgroup::kill);
    }

    @Override
    public Keeping keeping(Optional<Fingerprint> peer) {
        Optional<KeptStore> store = KeptStore.of(host.root());
        if (peer.isEmpty()) {
            store.ifPresent(kept -> kept.forget(id.value()));
        }
        return peer.flatMap(node -> store.map(kept -> kept.begin(migration, id.value(), node)))
                .orElseGet(Keeping::nothing);
    }

    @Override
    public boolean hasEnded() {
        return tree().filter(Processes::alive).isEmpty();
    }

    @Override
    public boolean alive() {
        return !cgroup().processes().isEmpty();
    }

    @Override
    public void delete() {
        network().finish(NetworkEvent.DETACH);
        new LeftConnectionLock(host.containers(), container).deleteOfKilled();
        host.containers().delete().delete(DeleteRequest.onlyByForce(container));
    }
}
