package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreVerdict;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.plan.ArrivalBounds;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One migration at its destination, after it was accepted. Used once, by one thread. */
final class DestinationMigration implements RestoreListener {
    /** Each of them waits for the source with a patience of its own, and gives all up when that is over. */
    private static final Duration FOR_OTHERS = Duration.ofDays(1);

    private final Control control;
    private final CompletableFuture<Data> joined;
    private final DestinationNode node;
    private final DestinationCourse course;
    private final Fellows fellows;
    private final CancelToken cancel;
    private final Offer offer;
    private final Duration lease;
    private final Duration patience;
    private final CompletableFuture<LackingArrival> lacking;
    private final Attempts attempts;
    private final CompletableFuture<Boolean> unwitnessed = new CompletableFuture<>();
    private Optional<ArrivingPages> memory = Optional.empty();
    private Optional<KeptPages> kept = Optional.empty();
    private long comparedPages;
    private long allSentAt;
    private ReadyRestore restore;
    private boolean letGo;
    private Optional<String> why = Optional.empty();

    /**
     * @param lacking complete when the tree runs and lacks memory
     * @param lease how long the tree is held for a source that says nothing
     */
    DestinationMigration(
            Control control,
            CompletableFuture<Data> joined,
            CompletableFuture<LackingArrival> lacking,
            DestinationNode node,
            DestinationCourse course,
            Fellows fellows,
            Offer offer,
            Duration lease,
            Duration patience) {
        this.control = control;
        this.joined = joined;
        this.lacking = lacking;
        this.node = node;
        this.course = course;
        this.fellows = fellows;
        this.cancel = fellows.token();
        this.offer = offer;
        this.lease = lease;
        this.patience = patience;
        this.attempts = new Attempts(course);
    }

    /**
     * Returns when the container runs and the source has let go, or when nothing is left of it.
     *
     * @param secret joins the data connection
     */
    void run(String secret) {
        cancel.onCancel(control::interrupt);
        try {
            MachineErrors.run(() -> arrive(secret));
        } catch (RuntimeException e) {
            RuntimeException cause = cancel.reasonOf(e);
            why = Optional.of(String.valueOf(cause.getMessage()));
            new FailedArrival(control, node, course, cancel, new Tree()).after(cause);
            unwitnessed.complete(true);
        } finally {
            attempts.run("closing the restore", this::closeRestore);
            memory.ifPresent(pages -> attempts.run("closing its memory", pages::close));
            kept.ifPresent(pages -> attempts.run("closing what was kept of it", pages::close));
            unwitnessed.complete(
                    false); // unless it failed: all its memory was put into place, or it was seen to end by itself
        }
        if (course.state() instanceof DestinationState.Lacking) {
            attempts.run("waiting for memory no more", lacking.join()::settle);
        }
        if (course.state() instanceof DestinationState.Lost) {
            attempts.run("removing the images", () -> node.left(course.entry()).removeImages());
        }
        if (course.state() instanceof DestinationState.Running running) {
            course.chronicle().begin(Step.CLEAN_UP);
            attempts.run("removing the images", () -> node.left(course.entry()).removeImages());
            attempts.run("removing what was kept of it", () -> node.forgetKept(offer.container()));
            attempts.run("waiting for the source", () -> awaitEnd(running));
        }
    }

    private void arrive(String secret) {
        kept = node.kept(offer.container(), control.certificate());
        control.send(KeptAnnouncement.accepting(secret, kept));
        receive();
        course.enter(new DestinationState.Restoring());
        restore.run(this);
    }

    private void receive() {
        Data data = control.awaitElsewhere(joined, patience);
        cancel.onCancel(why -> {
            control.interrupt(why);
            data.interrupt(why);
        });
        course.enter(new DestinationState.Receiving());
        ArrivalBounds bounds = node.bounds(offer.size());
        ArrivingPages pages = node.memory(course.entry(), bounds);
        memory = Optional.of(pages);
        if (offer.rootfs() == RootfsMode.SHARED) {
            reserve();
        }
        ArrivingTrees trees =
                new ArrivingTrees(node.rootfs(course.entry(), bounds.rootfs()), () -> Optional.ofNullable(restore));
        try (Arrival arrival = new Arrival(course, trees, pages, kept, bounds, offer.memoryFollows())) {
            comparedPages = arrival.receive(data, patience, this::kept);
        }
        if (restore == null) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: no root filesystem was sent");
        }
        allSentAt = System.nanoTime();
    }

    private void kept(Section section) {
        if (section == Section.ROOTFS && restore == null) {
            reserve();
        }
        control.send(new ControlMessage.Received(section));
    }

    private void reserve() {
        TreeBounds mounts = node.bounds(offer.size()).mounts();
        restore = node.reserve(course.entry(), offer.network(), mounts, memory.orElseThrow());
    }

    private void closeRestore() {
        ReadyRestore open = restore;
        restore = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public RestoreVerdict held(HeldTree tree) {
        cancel.check();
        course.hold(tree.root());
        control.send(new ControlMessage.Held(System.nanoTime() - allSentAt, comparedPages));
        awaitGo();
        DestinationState.Held held = new DestinationState.Held();
        course.enter(course.entry().startsAnew() ? held.starting() : held.committed());
        return RestoreVerdict.RESUME;
    }

    /** The word to go is meant for all that arrive together, and the source says it only when all are held: only then the lease counts. */
    private void awaitGo() {
        try {
            CompletableFuture<Object> sealedOrAllHeld = CompletableFuture.anyOf(cancel.sealed(), fellows.held());
            if (control.awaitUnless(ControlMessage.Go.class, sealedOrAllHeld, FOR_OTHERS)
                    .isEmpty()) {
                control.awaitUnless(ControlMessage.Go.class, cancel.sealed(), lease);
            }
            cancel.seal();
        } catch (RuntimeException e) {
            if (cancel.giveUp(FailedArrival.noLongerHeld(e))) {
                throw e;
            }
        }
    }

    @Override
    public void resumed(HeldTree tree) {
        letGo = true;
        runs();
        attempts.run("announcing", () -> node.announce(course.entry()));
    }

    private void runs() {
        switch (course.state()) {
            case DestinationState.Going going
            when memory.filter(ArrivingPages::comesLater).isPresent() -> lacks(going.lacking());
            case DestinationState.Going going -> running(going.running());
            case DestinationState.Starting starting -> running(starting.running());
            default -> {}
        }
    }

    private void running(DestinationState.Running next) {
        course.enter(next);
        tell(new ControlMessage.Running());
    }

    private void lacks(DestinationState.Lacking next) {
        course.enter(next);
        lacking.complete(new LackingArrival(node, course.entry(), patience, unwitnessed, course.whileIn(next)));
        tell(new ControlMessage.Lacks());
    }

    private void tell(ControlMessage.TakenOver told) {
        attempts.run("telling the source that it runs", () -> control.send(told)); // one that can't be told will ask
    }

    private final class Tree implements FailedArrival.Tree {
        @Override
        public void close() {
            closeRestore();
        }

        @Override
        public boolean wasLetGo() {
            return letGo;
        }

        @Override
        public void runs() {
            DestinationMigration.this.runs();
        }
    }

    private void awaitEnd(DestinationState.Running running) {
        control.await(ControlMessage.Gone.class, patience);
        course.enter(running.sourceIsGone());
    }

    /** What became of it, when it has been run: to be written down. */
    AuditEvent outcome() {
        return course.outcome(why);
    }
}
