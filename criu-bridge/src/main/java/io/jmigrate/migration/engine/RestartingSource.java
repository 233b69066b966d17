package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The source on this host of a container that is not dumped: where another one stands still this one is ended, and where another one goes on this
 * one is started again.
 */
final class RestartingSource implements SourceNode {
    private final ContainerHere container;
    private final StopTerms terms;
    private final Optional<ProcessRef> tree;
    private final Restart restart;

    private RestartingSource(ContainerHere container, StopTerms terms, Optional<ProcessRef> tree, boolean stopped) {
        this.container = container;
        this.terms = terms;
        this.tree = tree;
        this.restart = new Restart(container, terms, tree, stopped);
    }

    /** The source of a migration that begins. */
    static RestartingSource of(ContainerHere container, StopTerms terms) {
        return new RestartingSource(container, terms, container.init(), false);
    }

    /** What is left of it. */
    static RestartingSource left(ContainerHere container, SourceRecord entry) {
        return new RestartingSource(container, StopTerms.USUAL, entry.tree(), entry.wasStopped());
    }

    @Override
    public LeavingContainer container() {
        return container;
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public List<Check> checks(RootfsMode mode) {
        ContainerRecord now = container.host().containers().inspect(container.id());
        List<Check> all = new ArrayList<>(new RestartChecks(container.host(), now, terms).all());
        if (now.state() instanceof ContainerState.Running) {
            all.addAll(container.checksOfFilesAndAddresses(mode));
        }
        return all;
    }

    /** Its memory does not go. */
    @Override
    public ContainerSize size(RootfsMode mode) {
        Measure.Tree files = container.files(mode);
        return new ContainerSize(0, files.bytes(), files.entries(), 0, 0);
    }

    /** Its processes will have other numbers, and the labels that its config says. */
    @Override
    public ContainerNeeds needs() {
        ContainerNeeds all = container.needs();
        return new ContainerNeeds(Set.of(), all.ports(), List.of(), all.monotonicMillis(), false);
    }

    @Override
    public CompletableFuture<Void> stop() {
        return restart.stop();
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

    @Override
    public void thaw() {
        restart.undo();
    }

    @Override
    public boolean alive() {
        return restart.isPossible();
    }

    @Override
    public boolean hasEnded() {
        return restart.hasEnded();
    }

    /** Nobody has its lock, as a dump would have: another one could get its name, and its cgroup, meanwhile. */
    @Override
    public void killFrozen() {
        try (NameLock _ = container.host().containers().store().lock(container.id())) {
            container.kill();
        }
    }

    /** One that was deleted meanwhile has no link. */
    @Override
    public void linkUp() {
        if (container.now().isPresent()) {
            container.linkUp();
        } else {
            container.delete();
        }
    }

    @Override
    public void linkDown() {
        if (container.now().isPresent()) {
            container.linkDown();
        }
    }

    /** The kernel has ended them with the processes that had them. */
    @Override
    public void resetConnections() {}

    @Override
    public boolean memoryArrives() {
        return false;
    }

    /** What is in them is lost with its memory. */
    @Override
    public LeavingMounts memoryMounts() {
        return LeavingMounts.none();
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return new NoMemory();
    }

    @Override
    public StandingMemory standing() {
        throw new IllegalStateException("no memory of " + container.id() + " follows it");
    }

    /** Nobody has read its memory, and it begins without: what was kept of it earlier is of no use. */
    @Override
    public Keeping keeping(Optional<Fingerprint> peer) {
        container.forgetKept();
        return Keeping.nothing();
    }
}
