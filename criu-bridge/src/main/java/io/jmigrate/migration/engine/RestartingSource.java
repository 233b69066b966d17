package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.StopRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A source whose container is not dumped: where another one stands still this one is ended, and where another one goes on this one is started
 * again, as the same container. Its record stays meanwhile: whoever deletes it does not want it to be started. One that has got its name since is
 * left alone.
 */
final class RestartingSource implements SourceNode {
    private final MigrationHost host;
    private final ContainerId id;
    private final LocalSource local;
    private final StopTerms terms;
    private final Optional<ProcessRef> tree;
    private boolean stopped;
    private Ending ending = Ending.none();

    private RestartingSource(
            MigrationHost host,
            ContainerId id,
            LocalSource local,
            StopTerms terms,
            Optional<ProcessRef> tree,
            boolean stopped) {
        this.host = host;
        this.id = id;
        this.local = local;
        this.terms = terms;
        this.tree = tree;
        this.stopped = stopped;
    }

    /** The source of a migration that begins. */
    static RestartingSource of(MigrationHost host, ContainerId id, LocalSource local, StopTerms terms) {
        return new RestartingSource(host, id, local, terms, local.tree(), false);
    }

    /** What is left of it. */
    static RestartingSource left(MigrationHost host, LocalSource local, SourceRecord entry) {
        return new RestartingSource(
                host, ContainerId.of(entry.container()), local, StopTerms.USUAL, entry.tree(), entry.wasStopped());
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public List<Check> checks(RootfsMode mode) {
        ContainerRecord now = host.containers().inspect(id);
        List<Check> all = new ArrayList<>(new RestartChecks(host, now, terms).all());
        if (now.state() instanceof ContainerState.Running) {
            all.addAll(local.checksOfFilesAndAddresses(mode));
        }
        return all;
    }

    @Override
    public CompletableFuture<Void> stop() {
        ContainerRecord now = record().orElseThrow(this::isGone);
        if (!(now.state() instanceof ContainerState.Running)) {
            throw Failure.of(
                    RuntimeCode.WRONG_STATE,
                    id.inSentence() + " is " + now.state().word());
        }
        stopped = true;
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> end(now),
                task -> Thread.ofPlatform().daemon().name("stop").start(task));
        ending = new Ending(done, () -> kill(now));
        return done;
    }

    private static void kill(ContainerRecord now) {
        now.state().init().ifPresent(init -> Processes.killIfAlive(init, Signal.KILL));
    }

    private Failure isGone() {
        return Failure.of(RuntimeCode.NOT_FOUND, id.inSentence() + " was deleted meanwhile");
    }

    private void end(ContainerRecord now) {
        Signal signal = terms.signal(now.annotations()).orElse(Signal.TERM);
        host.containers().stop().stop(StopRequest.only(now, signal, terms.grace()));
    }

    /** It has been stopped when this returns: nothing else is to be dumped. */
    @Override
    public void dump(Path images, DumpListener listener) {
        listener.freezing();
        listener.stopped();
        listener.frozen(new FrozenTree(tree.orElseThrow(), images));
    }

    /** Nothing of it runs. */
    @Override
    public void freeze() {}

    /**
     * Starts it again, if it was told to end for the migration, and is still there. One that is about to end has to have done so: whether it has
     * been told can't be seen; it has no longer for that than the usual time. One that has another first process was started again already.
     */
    @Override
    public void thaw() {
        if (!stopped) {
            return;
        }
        ending.hurry(StopTerms.USUAL.grace());
        record().filter(now -> isLive(now) && now.state().init().equals(tree)).ifPresent(this::end);
        record().filter(now -> !isLive(now)).ifPresent(this::startAgain);
    }

    private void startAgain(ContainerRecord now) {
        try (LandedStreams streams = LandedStreams.open(now.bundle())) {
            host.containers().startAgain().run(now, streams.standard());
        }
    }

    private Optional<ContainerRecord> record() {
        return local.now();
    }

    private static boolean isLive(ContainerRecord now) {
        return now.state() instanceof ContainerState.Running || now.state() instanceof ContainerState.Paused;
    }

    /** Nobody has read its memory, and it begins without: what was kept of it earlier is of no use. */
    @Override
    public Keeping keeping(Optional<Fingerprint> peer) {
        return local.keeping(Optional.empty());
    }

    /** Whether there is anything that runs, or can be started again. */
    @Override
    public boolean alive() {
        return record().filter(now -> stopped || isLive(now)).isPresent();
    }

    @Override
    public boolean hasEnded() {
        return record().filter(RestartingSource::isLive).isEmpty();
    }

    /** Nobody has its lock, as a dump would have: another one could get its name, and its cgroup, meanwhile. */
    @Override
    public void killFrozen() {
        try (NameLock _ = host.containers().store().lock(id)) {
            local.killFrozen();
        }
    }

    @Override
    public void delete() {
        local.delete();
    }

    /** One that was deleted meanwhile has no link. */
    @Override
    public void linkUp() {
        if (record().isPresent()) {
            local.linkUp();
        } else {
            local.delete();
        }
    }

    @Override
    public void linkDown() {
        if (record().isPresent()) {
            local.linkDown();
        }
    }

    @Override
    public void networkLeaves() {
        local.networkLeaves();
    }

    /** The kernel has ended them with the processes that had them. */
    @Override
    public void resetConnections() {}

    @Override
    public String config() {
        return local.config();
    }

    @Override
    public Path rootfs() {
        return local.rootfs();
    }

    @Override
    public Path tree(RootfsMode mode) {
        return local.tree(mode);
    }

    @Override
    public List<LowerLayer> lowers(RootfsMode mode) {
        return local.lowers(mode);
    }

    @Override
    public HostFacts facts() {
        return local.facts();
    }

    /** What is in them is lost with its memory. */
    @Override
    public LeavingMounts memoryMounts() {
        return LeavingMounts.none();
    }

    /** Its memory does not go. */
    @Override
    public ContainerSize size(RootfsMode mode) {
        ContainerSize all = local.size(mode);
        return new ContainerSize(0, all.rootfsBytes(), all.rootfsEntries(), 0, 0);
    }

    /** Its processes will have other numbers, and the labels that its config says. */
    @Override
    public ContainerNeeds needs() {
        ContainerNeeds all = local.needs();
        return new ContainerNeeds(Set.of(), all.ports(), List.of(), all.monotonicMillis());
    }

    @Override
    public boolean memoryArrives() {
        return false;
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return new NoMemory();
    }

    @Override
    public StandingMemory standing() {
        throw new IllegalStateException("no memory of " + id + " follows it");
    }

    @Override
    public Set<FileKey> mappedFiles() {
        return local.mappedFiles();
    }

    @Override
    public Throttle throttle() {
        return local.throttle();
    }
}
