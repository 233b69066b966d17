package io.jmigrate.migration.engine;

import io.jmigrate.criu.ArrivingMemory;
import io.jmigrate.criu.LeftConnectionLock;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.network.NetworkAttachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A container of this host that leaves it. */
final class ContainerHere implements LeavingContainer {
    private final MigrationHost host;
    private final MigrationId migration;
    private final ContainerRecord record;
    private final NetworkTerms network;
    private final SourceRoot root;

    /**
     * @param network what becomes of its connections
     * @throws Failure NOT_FOUND
     */
    ContainerHere(MigrationHost host, ContainerId id, MigrationId migration, NetworkTerms network) {
        this.host = host;
        this.migration = migration;
        this.record = host.containers().inspect(id);
        this.network = network;
        this.root = new SourceRoot(record.rootfs());
    }

    MigrationHost host() {
        return host;
    }

    MigrationId migration() {
        return migration;
    }

    ContainerId id() {
        return record.id();
    }

    /** As it was found. */
    ContainerRecord record() {
        return record;
    }

    /** Its root process, as far as it had one. */
    Optional<ProcessRef> init() {
        return record.state().init();
    }

    /** When it was made. */
    Instant created() {
        return record.created();
    }

    NetworkTerms terms() {
        return network;
    }

    /** What is there of it; another one that has its name by now is not it. */
    Optional<ContainerRecord> now() {
        try {
            return Optional.of(host.containers().inspect(id()))
                    .filter(found -> found.created().equals(created()));
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
        return entry.startsAnew() || record.state() instanceof ContainerState.Stopped
                ? entry.isOfOneMadeAt(created())
                : init().equals(entry.tree());
    }

    /** Whether memory of it is still being put in place since it has arrived. */
    boolean memoryArrives() {
        return ArrivingMemory.isUnderWay(host.containers(), id());
    }

    /** What it needs of a host, as a whole. */
    ContainerNeeds needs() {
        List<Integer> pids = cgroup().processes();
        return memoryArrives() ? NeedsReader.ofArriving(pids) : NeedsReader.of(pids);
    }

    Cgroup cgroup() {
        return host.containers().cgroup(record);
    }

    LeavingConnections connections() {
        return new LeavingConnections(host.containers(), record);
    }

    @Override
    public String config() {
        Path file = host.containers().store().configFile(id());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.of(MigrationCode.PREFLIGHT, "cannot read " + file).withCause(e);
        }
    }

    @Override
    public Path rootfs() {
        return record.rootfs();
    }

    @Override
    public Path tree(RootfsMode mode) {
        return root.tree(mode);
    }

    @Override
    public List<LowerLayer> lowers(RootfsMode mode) {
        return root.lowers(mode);
    }

    /** How much of its files there is to send. */
    Measure.Tree files(RootfsMode mode) {
        return mode == RootfsMode.SHARED ? new Measure.Tree(0, 0) : Measure.tree(tree(mode));
    }

    /** Whether its files can go so, if that is a question. */
    Optional<Check> checkOfFiles(RootfsMode mode) {
        return root.check(mode);
    }

    /** What counts of it for one that is not dumped. */
    List<Check> checksOfFilesAndAddresses(RootfsMode mode) {
        return Stream.concat(checkOfFiles(mode).stream(), connections().checksOfAddresses(config(), network).stream())
                .toList();
    }

    @Override
    public HostFacts facts() {
        return ThisHost.facts(host);
    }

    @Override
    public Set<FileKey> mappedFiles() {
        return MappedFiles.of(cgroup().processes());
    }

    @Override
    public Throttle throttle() {
        return new LocalThrottle(
                cgroup(), () -> now().map(found -> host.containers().store().config(found)));
    }

    @Override
    public void requireSame() {
        Optional<ContainerRecord> found = now();
        if (found.filter(same -> same.state() instanceof ContainerState.Stopped).isPresent()) {
            throw Failure.of(RuntimeCode.WRONG_STATE, id().inSentence() + " has ended");
        }
        if (found.filter(same -> same.state().init().equals(init())).isEmpty()) {
            throw Failure.of(RuntimeCode.NOT_FOUND, id().inSentence() + " was deleted, or started again, meanwhile");
        }
    }

    @Override
    public boolean isPaused() {
        return now().filter(found -> found.state() instanceof ContainerState.Paused)
                .isPresent();
    }

    void linkDown() {
        host.containers().network(record).ifPresent(NetworkAttachment::linkDown);
    }

    void linkUp() {
        Optional<NetworkAttachment> network = host.containers().network(record);
        network.ifPresent(NetworkAttachment::linkUp);
        network.ifPresent(Announcements::again);
        move().finish(NetworkEvent.ATTACH);
    }

    @Override
    public void networkLeaves() {
        move().begin(record);
    }

    private NetworkMove move() {
        return new NetworkMove(host, migration, Side.SOURCE);
    }

    /** Kills whatever runs of it. */
    void kill() {
        now().map(host.containers()::cgroup).ifPresent(Cgroup::kill);
    }

    /** Removes what was kept of its memory when it left earlier. */
    void forgetKept() {
        KeptStore.of(host.root()).ifPresent(kept -> kept.forget(id().value()));
    }

    @Override
    public void delete() {
        move().finish(NetworkEvent.DETACH);
        new LeftConnectionLock(host.containers(), record).deleteOfKilled();
        host.containers().delete().delete(DeleteRequest.onlyByForce(record));
    }
}
