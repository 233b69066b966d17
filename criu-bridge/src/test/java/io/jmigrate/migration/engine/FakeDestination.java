package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.criu.RestoreVerdict;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.policy.DestinationFacts;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.transfer.TreeRules;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.arrival.ArrivedPages;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.pages.later.FillerLink;
import io.jmigrate.pages.later.LaterFiles;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The destination's host with a CRIU that does what the real one was seen to do (docs/adr/0005). */
final class FakeDestination implements DestinationNode {
    static final String BUNDLE = "bundle";
    static final String IMAGES = "images";

    private static final String BOOT = "this one";

    private static final Duration MEMORY_LIMIT = Duration.ofMillis(200);
    private static final int LOOKS = 200;

    private final Trees trees;
    private final Steps steps;
    private final Path directory;
    private final FakeCriu criu;
    private final Function<Offer, List<String>> problems;
    private Supplier<Optional<KeptPages>> kept = Optional::empty;
    private Consumer<String> forgetting = _ -> {};

    /** @param problems with an offer */
    FakeDestination(Trees trees, Steps steps, Path directory, FakeCriu criu, Function<Offer, List<String>> problems) {
        this.trees = trees;
        this.steps = steps;
        this.directory = directory;
        this.criu = criu;
        this.problems = problems;
    }

    @Override
    public List<Check> judge(Offer offer) {
        steps.ask("look for problems");
        return problems.apply(offer).stream()
                .map(problem -> Check.blocker(Check.End.DESTINATION, "test", problem, "mend it"))
                .toList();
    }

    @Override
    public DestinationRecord plan(MigrationId id, String container, String peer) {
        Instant now = Instant.now();
        DestinationRecord planned = new DestinationRecord(
                id,
                container,
                peer,
                new ProcessRef(1, 1),
                directory.resolve(BUNDLE),
                directory.resolve(IMAGES),
                criu.log,
                Optional.empty(),
                DestinationState.accepted(),
                now,
                now);
        return planned.bootedAs(BOOT);
    }

    @Override
    public void prepare(Offer offer, DestinationRecord entry) {
        steps.ask("prepare");
        criu.begin();
        LandedBundle.make(entry.bundle(), offer.config());
        Directories.make(entry.images());
        steps.ask("prepare: done");
    }

    @Override
    public ArrivalBounds bounds(ContainerSize size) {
        return ArrivalBounds.of(size);
    }

    @Override
    public TreeReceiver rootfs(DestinationRecord entry, TreeBounds bounds) {
        return new TreeReceiver(
                entry.bundle().resolve(LandedBundle.ROOTFS),
                new TreeRules(bounds.entriesMax(), bounds.sentBytesMax(), false, true));
    }

    @Override
    public ArrivingPages memory(DestinationRecord entry, ArrivalBounds bounds) {
        return ArrivingPages.create(entry.images().resolve("memory"), bounds.roundPagesMax());
    }

    /** What it has kept of any container. */
    void hasKept(Supplier<Optional<KeptPages>> pages) {
        kept = pages;
    }

    /** Is told each container of which nothing is to be kept any more. */
    void forgets(Consumer<String> containers) {
        forgetting = containers;
    }

    @Override
    public Optional<KeptPages> kept(String container, Optional<Fingerprint> peer) {
        return kept.get();
    }

    @Override
    public void forgetKept(String container) {
        forgetting.accept(container);
    }

    @Override
    public ReadyRestore reserve(
            DestinationRecord entry, NetworkTerms network, TreeBounds bounds, ArrivingPages memory) {
        steps.ask("reserve");
        return entry.startsAnew() ? new Start(entry) : new Restore(entry, memory);
    }

    private final class Restore implements ReadyRestore {
        private final DestinationRecord entry;
        private final ArrivingPages memory;

        Restore(DestinationRecord entry, ArrivingPages memory) {
            this.entry = entry;
            this.memory = memory;
        }

        @Override
        public TreeReceiver mount(String mountPoint) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "no filesystem in memory belongs at " + mountPoint);
        }

        @Override
        public void run(RestoreListener listener) {
            steps.ask("restore");
            trees.destinationLacks(
                    new ArrivedPages(entry.images(), memory).later().isPresent());
            criu.hold();
            HeldTree tree = new HeldTree(new ProcessRef(1, 1), criu.log);
            try {
                MachineErrors.run(() -> held(listener, tree));
            } catch (RuntimeException e) {
                criu.kill();
                throw e;
            }
            criu.letGo();
            try {
                resumed("restore: let go", listener, tree);
            } finally {
                awaitMemory();
            }
            steps.ask("end the restore");
            if (criu.loss != FakeCriu.Loss.NONE) {
                trees.destination(Destination.NONE);
                throw criu.loss == FakeCriu.Loss.UNSAID
                        ? Failure.of(RuntimeCode.IO, "something else has failed")
                        : Failure.of(CriuCode.MEMORY_LOST, "its memory can't come any more");
            }
        }

        /** It returns when all memory is in place; a service for which that takes too long is killed. */
        private void awaitMemory() {
            long deadline = System.nanoTime() + MEMORY_LIMIT.toNanos();
            while (trees.destinationLacks() && trees.runsAtDestination() && !steps.dead()) {
                if (System.nanoTime() > deadline) {
                    steps.die("wait for memory");
                }
                LockSupport.parkNanos(MEMORY_LIMIT.toNanos() / LOOKS);
            }
        }

        private void held(RestoreListener listener, HeldTree tree) {
            steps.ask("restore: held");
            RestoreVerdict verdict = listener.held(tree);
            steps.ask("answer CRIU's post-restore with " + verdict);
            criu.consent = verdict == RestoreVerdict.RESUME;
            steps.ask("restore: CRIU has the answer");
            if (!criu.consent) {
                throw Failure.of(RuntimeCode.IO, "CRIU killed the tree");
            }
        }

        @Override
        public void close() {
            steps.take("close the restore");
        }
    }

    /** What fails here is thrown when it is over: nothing holds the tree back. */
    private void resumed(String step, RestoreListener listener, HeldTree tree) {
        Optional<RuntimeException> failure = Optional.empty();
        try {
            MachineErrors.run(() -> steps.ask(step));
            trees.destination(Destination.RUNS);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
        listener.resumed(tree);
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** Makes a container in place of a restore; without the process that holds it, it stays as it is. */
    private final class Start implements ReadyRestore {
        private final DestinationRecord entry;

        Start(DestinationRecord entry) {
            this.entry = entry;
        }

        @Override
        public TreeReceiver mount(String mountPoint) {
            throw new AssertionError("nothing in memory comes along");
        }

        @Override
        public void run(RestoreListener listener) {
            steps.ask("make");
            trees.destination(Destination.HELD);
            HeldTree tree = new HeldTree(new ProcessRef(1, 1), entry.restoreLog());
            try {
                listener.held(tree);
                steps.ask("start");
            } catch (RuntimeException e) {
                trees.destination(Destination.NONE);
                throw e;
            }
            trees.destination(Destination.RUNS_UNHEARD);
            resumed("start: done", listener, tree);
        }

        @Override
        public void close() {}
    }

    @Override
    public Optional<FillerLink> filler(DestinationRecord entry, FillerLink.Listener listener) {
        steps.ask("reach the filler");
        if (criu.loss == FakeCriu.Loss.AT_ONCE
                || criu.loss == FakeCriu.Loss.UNSAID) { // it is dead, and has taken the tree along
            trees.destination(Destination.NONE);
        }
        return trees.runsAtDestination() ? Optional.of(new Filler()) : Optional.empty();
    }

    private final class Filler implements FillerLink {
        @Override
        public void come(PageRun run) {
            steps.ask("tell the filler of a page");
        }

        @Override
        public void look() {
            steps.ask("tell the filler of all pages");
            if (criu.loss == FakeCriu.Loss.IN_THE_END) {
                trees.destination(Destination.NONE);
            }
            trees.destinationLacks(false);
        }

        @Override
        public void close() {
            steps.take("leave the filler");
        }
    }

    @Override
    public void pause(DestinationRecord entry) {
        steps.ask("pause");
    }

    @Override
    public void goOn(DestinationRecord entry) {
        steps.ask("go on");
    }

    @Override
    public void announce(DestinationRecord entry) {
        steps.ask("announce");
    }

    @Override
    public LeftArrival left(DestinationRecord entry) {
        return new Left(entry);
    }

    private final class Left implements LeftArrival {
        private final DestinationRecord entry;

        Left(DestinationRecord entry) {
            this.entry = entry;
        }

        @Override
        public boolean isLetGo() {
            return entry.startsAnew()
                    ? trees.destination() != Destination.NONE
                    : RestoreOutcome.fromLog(criu.log) == RestoreOutcome.RESUMED;
        }

        @Override
        public void removeImages() {
            steps.ask("remove the images");
            Directories.remove(entry.images());
        }

        /** A CRIU that lives on is seen once; then it has done what it does. */
        @Override
        public DestinationFacts facts() {
            steps.ask("look at CRIU");
            if (entry.startsAnew()) {
                return new DestinationFacts(
                        false,
                        isLetGo(),
                        trees.destination() != Destination.NONE,
                        false,
                        false,
                        Files.exists(entry.images()));
            }
            boolean works = !criu.over && trees.destination() == Destination.HELD;
            DestinationFacts facts = new DestinationFacts(
                    works,
                    RestoreOutcome.fromLog(criu.log) == RestoreOutcome.RESUMED,
                    trees.runsAtDestination(),
                    !Files.exists(entry.images()) || new LaterFiles(entry.images()).exist(),
                    !entry.boot().equals(Optional.of(BOOT)),
                    Files.exists(entry.images()));
            criu.finishAlone();
            return facts;
        }

        @Override
        public void kill() {
            steps.ask("kill the tree");
            trees.destination(Destination.NONE);
            steps.ask("kill the tree: done");
        }

        @Override
        public void discard() {
            steps.ask("discard");
            trees.destination(Destination.NONE);
            Directories.remove(entry.images());
            Directories.remove(entry.bundle());
            steps.ask("discard: done");
        }

        @Override
        public void conclude() {
            steps.ask("conclude");
        }

        @Override
        public void adopt() {
            steps.ask("adopt");
            if (!trees.runsAtDestination() && !entry.startsAnew() || trees.destination() == Destination.NONE) {
                throw Failure.of(RuntimeCode.NOT_FOUND, "nothing to adopt");
            }
            trees.destination(Destination.RUNS);
            steps.ask("adopt: done");
        }
    }
}
