package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.arrival.LazyImages;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The source's host with a CRIU that does what the real one was seen to do (docs/adr/0005). */
class FakeSource implements SourceNode, LeavingContainer {
    static final String CONTAINER = "web";

    final Trees trees;
    final Steps steps;
    private final Path rootfs;
    private List<String> obstacles = List.of();
    private String config = "{}";
    private Runnable beforeTheFreeze = () -> {};
    private long names = 100;
    private int arriving;
    private int unnoticed;
    private long written = 4096;
    private Optional<CpuQuota> frozenWith = Optional.empty();
    private final List<DumpVerdict> verdicts = new ArrayList<>();
    private Function<Optional<Fingerprint>, Keeping> keeping = _ -> Keeping.nothing();
    private final FakeThrottle throttle = new FakeThrottle();

    FakeSource(Trees trees, Steps steps, Path rootfs) {
        this.trees = trees;
        this.steps = steps;
        this.rootfs = rootfs;
    }

    /** What forbids its dump from now on. */
    void obstruct(List<String> next) {
        obstacles = next;
    }

    /** Its last page has something else in it than was read of it. */
    void writesUnnoticed() {
        unnoticed = 4711;
    }

    /** Its user changes its limits just before it is frozen. */
    void changesLimits() {
        beforeTheFreeze = () -> config = "{\"linux\":{}}";
    }

    /** It is deleted just before it is frozen, and another one gets its name. */
    void isReplaced() {
        beforeTheFreeze = () -> {
            throw Failure.of(RuntimeCode.NOT_FOUND, "it was deleted");
        };
    }

    /** It writes far more than can be sent. */
    void writesTooFast() {
        written = 1L << 40;
    }

    /** What processor time it could use when it was frozen. */
    Optional<CpuQuota> frozenWith() {
        return frozenWith;
    }

    /** Its memory is put in place when it has been looked at so often. */
    void arriveWithin(int looks) {
        arriving = looks;
    }

    @Override
    public LeavingContainer container() {
        return this;
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public void requireSame() {
        steps.ask("see whether it is the same");
        beforeTheFreeze.run();
    }

    @Override
    public LeavingMounts memoryMounts() {
        return LeavingMounts.none();
    }

    @Override
    public boolean memoryArrives() {
        return arriving-- > 0;
    }

    /** What CRIU was told. */
    List<DumpVerdict> verdicts() {
        return verdicts;
    }

    @Override
    public String config() {
        return config;
    }

    @Override
    public Path rootfs() {
        return rootfs;
    }

    @Override
    public HostFacts facts() {
        return new HostFacts(
                "amd64",
                List.of("avx2"),
                new HostFacts.Criu("4.2.1", true),
                new HostFacts.Kernel("6.18", Set.of(), "v2", List.of("memory"), Set.of()));
    }

    /** So many files are in its root filesystem. */
    void names(long count) {
        names = count;
    }

    @Override
    public ContainerSize size(RootfsMode mode) {
        return new ContainerSize(1 << 20, 1 << 20, names, 0, 0);
    }

    @Override
    public ContainerNeeds needs() {
        return ContainerNeeds.NONE;
    }

    @Override
    public Path tree(RootfsMode mode) {
        return rootfs;
    }

    @Override
    public List<LowerLayer> lowers(RootfsMode mode) {
        return List.of();
    }

    @Override
    public List<Check> checks(RootfsMode mode) {
        steps.ask("look for obstacles");
        return obstacles.stream()
                .map(obstacle -> Check.blocker(Check.End.SOURCE, "container", obstacle, "end it"))
                .toList();
    }

    @Override
    public MemoryAhead memory(PageTaker taker) {
        return new OnePage(steps, taker, unnoticed, written);
    }

    @Override
    public void dump(Path images, DumpListener listener) {
        steps.ask("dump");
        DumpVerdict verdict;
        try {
            verdict = MachineErrors.get(() -> dumped(images, listener));
        } catch (RuntimeException e) {
            letGo();
            throw e;
        }
        verdicts.add(verdict);
        steps.take("answer CRIU's post-dump with " + verdict);
        switch (verdict) {
            case KILL -> trees.sourceDies();
            case THAW -> letGo();
            case LEAVE_FROZEN -> trees.criuFreezes(false);
        }
        steps.ask("end the dump");
    }

    private DumpVerdict dumped(Path images, DumpListener listener) {
        listener.freezing();
        frozenWith = Optional.of(throttle.quota());
        trees.cgroupFreezes(true);
        steps.ask("dump: frozen");
        trees.criuFreezes(true);
        trees.cgroupFreezes(false);
        listener.stopped();
        listener.stopped();
        steps.ask("dump: CRIU holds it");
        try {
            Files.writeString(images.resolve("core-1.img"), "registers");
            LazyImages.write(images, OnePage.PROCESS, OnePage.PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trees.cgroupFreezes(true);
        steps.ask("dump: complete");
        return listener.frozen(new FrozenTree(new ProcessRef(1, 1), images));
    }

    private void letGo() {
        trees.criuFreezes(false);
        trees.cgroupFreezes(false);
    }

    @Override
    public Throttle throttle() {
        return throttle;
    }

    /** CRIU sees its client gone and lets the tree go; the cgroup does not. */
    static void clientDies(Trees trees) {
        trees.criuFreezes(false);
    }

    void effect(String what, Runnable effect) {
        steps.ask(what);
        effect.run();
        steps.ask(what + ": done");
    }

    @Override
    public Set<FileKey> mappedFiles() {
        return Set.of();
    }

    @Override
    public void resetConnections() {
        steps.ask("reset connections");
    }

    @Override
    public void linkDown() {
        effect("link down", () -> trees.link(false));
    }

    @Override
    public void networkLeaves() {
        steps.ask("write down that the network leaves");
    }

    @Override
    public void linkUp() {
        effect("link up", () -> trees.link(true));
    }

    @Override
    public void freeze() {
        effect("freeze", () -> trees.cgroupFreezes(true));
    }

    @Override
    public void thaw() {
        effect("thaw", () -> trees.cgroupFreezes(false));
    }

    @Override
    public StandingMemory standing() {
        return OnePage.standing(steps);
    }

    @Override
    public void killFrozen() {
        effect("kill the frozen copy", trees::sourceDies);
    }

    /** What it keeps when it has left. */
    void keep(Function<Optional<Fingerprint>, Keeping> how) {
        keeping = how;
    }

    @Override
    public Keeping keeping(Optional<Fingerprint> peer) {
        steps.ask("keep its memory");
        return keeping.apply(peer);
    }

    @Override
    public boolean alive() {
        return trees.source().exists();
    }

    @Override
    public void delete() {
        effect("delete the container", trees::sourceDies);
    }
}
