package io.jmigrate.migration.engine;

import io.jmigrate.criu.CheckpointContainer;
import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.kept.KeptStore;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The source on this host of a container that is dumped. */
final class LocalSource implements SourceNode {
    private final MigrationHost host;
    private final ContainerHere container;
    private final Optional<TrackerKind> wanted;
    private Set<String> apart = Set.of();

    /** @param wanted tracker; empty: the best that this host has */
    LocalSource(ContainerHere container, Optional<TrackerKind> wanted) {
        this.host = container.host();
        this.container = container;
        this.wanted = wanted;
    }

    @Override
    public LeavingContainer container() {
        return container;
    }

    @Override
    public ContainerSize size(RootfsMode mode) {
        Measure.Tree files = container.files(mode);
        try (LeavingMounts mounts = mounts()) {
            Measure.Tree inMemory = mounts.size();
            return new ContainerSize(
                    Measure.memory(pids()), files.bytes(), files.entries(), inMemory.bytes(), inMemory.entries());
        }
    }

    private List<Integer> pids() {
        return container.cgroup().processes();
    }

    @Override
    public ContainerNeeds needs() {
        return container.needs();
    }

    @Override
    public List<Check> checks(RootfsMode mode) {
        String word = container.record().state().word();
        if (!word.equals("running")) {
            return List.of(DepartureChecks.outOfState(container.id().inSentence() + " is " + word, word));
        }
        if (memoryArrives()) {
            return DepartureChecks.ofArriving(KernelFacts.features());
        }
        return new LeavingChecks(container, wanted).of(mode);
    }

    @Override
    public boolean memoryArrives() {
        return container.memoryArrives();
    }

    @Override
    public LeavingMounts memoryMounts() {
        LeavingMounts mounts = mounts();
        apart = mounts.places();
        return mounts;
    }

    private LeavingMounts mounts() {
        return container
                .init()
                .filter(Processes::alive)
                .map(root ->
                        LeavingMounts.of(host.containers().store().config(container.record()), root.pid(), this::pids))
                .orElseGet(LeavingMounts::none);
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return LocalMemory.of(host, this::pids, wanted, taker);
    }

    @Override
    public void dump(Path images, DumpListener listener) {
        Path work = Journals.at(host.root()).directory().resolve(container.migration() + ".dump");
        CheckpointRequest request = CheckpointRequest.of(container.id(), images)
                .withWorkDirectory(work)
                .withOptions(LeavingChecks.options(container.terms()))
                .toHandOver(apart);
        new CheckpointContainer(host.containers(), host.launcher(), host.criu()).run(request, listener);
    }

    @Override
    public void resetConnections() {
        container.connections().reset();
    }

    @Override
    public void linkDown() {
        container.linkDown();
    }

    @Override
    public void linkUp() {
        container.linkUp();
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
        return new DepartingCopy(host.containers(), container.record(), container.migration());
    }

    @Override
    public void killFrozen() {
        container.kill();
    }

    @Override
    public Keeping keeping(Optional<Fingerprint> peer) {
        if (peer.isEmpty()) {
            container.forgetKept();
        }
        return peer.flatMap(node -> KeptStore.of(host.root())
                        .map(kept ->
                                kept.begin(container.migration(), container.id().value(), node)))
                .orElseGet(Keeping::nothing);
    }

    @Override
    public boolean hasEnded() {
        return container.init().filter(Processes::alive).isEmpty();
    }

    @Override
    public boolean alive() {
        return !pids().isEmpty();
    }
}
