package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.criu.RestoreVerdict;
import io.jmigrate.criu.failure.CriuCode;
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
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One migration at its destination, after it was accepted. Used once, by one thread. */
final class DestinationMigration implements RestoreListener {
    private final Control control;
    private final CompletableFuture<Data> joined;
    private final DestinationNode node;
    private final DestinationCourse course;
    private final CancelToken cancel;
    private final Offer offer;
    private final Duration lease;
    private final Duration patience;
    private final CompletableFuture<LackingArrival> lacking;
    private Optional<ArrivingPages> memory = Optional.empty();
    private long comparedPages;
    private long allSentAt;
    private ReadyRestore restore;
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
            CancelToken cancel,
            Offer offer,
            Duration lease,
            Duration patience) {
        this.control = control;
        this.joined = joined;
        this.lacking = lacking;
        this.node = node;
        this.course = course;
        this.cancel = cancel;
        this.offer = offer;
        this.lease = lease;
        this.patience = patience;
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
            failed(cancel.reasonOf(e));
        } finally {
            attempt("closing the restore", this::closeRestore);
            memory.ifPresent(pages -> attempt("closing its memory", pages::close));
        }
        if (course.state() instanceof DestinationState.Lacking) { // nobody brings memory any more
            attempt("waiting for memory no more", lacking.join()::settle);
        }
        if (course.state() instanceof DestinationState.Lost) {
            attempt("removing the images", () -> node.removeImages(course.entry()));
        }
        if (course.state() instanceof DestinationState.Running running) {
            course.chronicle().begin(Step.CLEAN_UP);
            attempt("removing the images", () -> node.removeImages(course.entry()));
            attempt("waiting for the source", () -> awaitEnd(running));
        }
    }

    private void arrive(String secret) {
        control.send(new ControlMessage.Accepted(secret));
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
        try (Arrival arrival = new Arrival(course, trees, pages, bounds, offer.memoryFollows())) {
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
        course.enter(new DestinationState.Held().committed());
        return RestoreVerdict.RESUME;
    }

    /** The word to go is meant for all that arrive together, and the source says it only when all are held. */
    private void awaitGo() {
        try {
            control.awaitUnless(ControlMessage.Go.class, cancel.sealed(), lease);
            cancel.seal();
        } catch (RuntimeException e) {
            if (cancel.giveUp(noLongerHeld(e))) {
                throw e;
            }
        }
    }

    private static Failure noLongerHeld(RuntimeException cause) {
        return Failure.of(MigrationCode.PEER_FAILED, "it is not held any more: " + cause.getMessage())
                .withCause(cause);
    }

    @Override
    public void resumed(HeldTree tree) {
        runs();
        attempt("announcing", () -> node.announce(course.entry()));
    }

    private void runs() {
        if (course.state() instanceof DestinationState.Going going) {
            boolean follows = memory.filter(ArrivingPages::comesLater).isPresent();
            ControlMessage.TakenOver told = follows ? lacks(going) : running(going);
            attempt("telling the source that it runs", () -> control.send(told)); // one that can't be told will ask
        }
    }

    private ControlMessage.TakenOver running(DestinationState.Going going) {
        course.enter(going.running());
        return new ControlMessage.Running();
    }

    private ControlMessage.TakenOver lacks(DestinationState.Going going) {
        DestinationState.Lacking next = going.lacking();
        course.enter(next);
        lacking.complete(new LackingArrival(
                node, course.entry(), patience, latency -> course.complete(next.complete(), latency)));
        return new ControlMessage.Lacks();
    }

    private void awaitEnd(DestinationState.Running running) {
        control.await(ControlMessage.Gone.class, patience);
        course.enter(running.sourceIsGone());
    }

    /** What became of it, when it has been run: to be written down. */
    AuditEvent outcome() {
        return course.outcome(why);
    }

    private void failed(RuntimeException cause) {
        why = Optional.of(String.valueOf(cause.getMessage()));
        if (course.state() instanceof DestinationState.Held) {
            cancel.giveUp(noLongerHeld(cause)); // the source may count on it, with those that arrive together
        }
        switch (course.state()) {
            case DestinationState.NotYet notYet -> giveUp(notYet.neverRan(), cause);
            case DestinationState.Going going -> afterTheCommit(going, cause);
            case DestinationState.Lacking _ when lostItsMemory(cause) -> tellOfLoss(cause);
            case DestinationState.Lacking _ -> takeOver(cause, () -> {});
            case DestinationState.Ran _ when lostItsMemory(cause) -> tellOfLoss(cause);
            case DestinationState.Ran _ -> takeOver(cause, () -> {});
            case DestinationState.NeverRan _ -> log("a late failure of a container that never ran", cause);
        }
    }

    /** What can't be finished here stays open in the journal: the next question of the source has it recovered. */
    private void afterTheCommit(DestinationState.Going going, RuntimeException cause) {
        if (RestoreOutcome.fromLog(course.entry().restoreLog()) == RestoreOutcome.RESUMED) {
            takeOver(cause, this::runs);
        } else {
            giveUp(going.diedBeforeItRan(), cause);
        }
    }

    private static boolean lostItsMemory(RuntimeException cause) {
        return cause instanceof Failure failure && failure.code() == CriuCode.MEMORY_LOST;
    }

    /** It ran, and was killed before it could read memory that it lacks. */
    private void tellOfLoss(RuntimeException cause) {
        System.getLogger(DestinationMigration.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "container \"" + course.entry().container() + "\" had arrived, and is lost",
                        cause);
        switch (course.state()) {
            case DestinationState.Running running -> attempt("writing the journal", () -> course.enter(running.lost()));
            case DestinationState.Lacking lacks -> attempt("writing the journal", () -> course.enter(lacks.lost()));
            default -> {}
        }
    }

    /** The tree runs, but not all that belongs to it was done. */
    private void takeOver(RuntimeException cause, Runnable then) {
        log("after the commit", cause);
        attempt("taking over a tree that runs", () -> {
            node.adopt(course.entry());
            then.run();
        });
    }

    /** First the journal, so that no commit can count any more; then the traces; then the source may know. */
    private void giveUp(DestinationState.NeverRan next, RuntimeException cause) {
        log("the arrival failed", cause);
        boolean written = attempt("writing the journal", () -> course.enter(next));
        attempt("closing the restore", this::closeRestore); // it holds the container's lock
        attempt("removing what has arrived", () -> node.discard(course.entry()));
        if (!written) { // what has arrived may have filled the disk
            attempt("writing the journal once more", () -> course.enter(next));
        }
        List<String> details = cause instanceof Failure failure ? failure.details() : List.of();
        attempt(
                "telling the source",
                () -> control.send(new ControlMessage.Failed(String.valueOf(cause.getMessage()), details)));
    }

    /** A step after which the next one is taken in any case. @return whether it succeeded */
    private boolean attempt(String what, Runnable step) {
        try {
            MachineErrors.run(step);
            return true;
        } catch (RuntimeException e) {
            log(what + " failed", e);
            return false;
        }
    }

    private void log(String what, RuntimeException e) {
        System.getLogger(DestinationMigration.class.getName())
                .log(System.Logger.Level.WARNING, course.entry().container() + ": " + what, e);
    }
}
