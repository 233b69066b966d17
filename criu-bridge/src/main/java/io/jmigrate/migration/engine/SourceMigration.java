package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.policy.SourceAction;
import io.jmigrate.migration.policy.SourceRecovery;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.transfer.TreeSender;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.live.ChangedPages;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One migration at its source, from the offer to the end. Used once, by one thread. */
final class SourceMigration {
    private static final Duration ASK_INTERVAL = Duration.ofMillis(200);

    private final MigrateRequest request;
    private final MigrationId id;
    private final SourceNode node;
    private final Peer peer;
    private final SourceCourse course;
    private final Path images;
    private final Stopwatch watch = new Stopwatch();
    private Control control;
    private Data data;
    private TreeSender tree;
    private OutgoingMemory memory;
    private boolean linkIsDown;
    private boolean cgroupIsFrozen;
    private boolean destinationRuns;
    private Optional<SourceState.Aborted> givenBack = Optional.empty();
    private Optional<Failure> lost = Optional.empty();
    private long imageBytes;

    /** @param images an empty directory in memory */
    SourceMigration(
            MigrateRequest request, MigrationId id, SourceNode node, Peer peer, SourceCourse course, Path images) {
        this.request = request;
        this.id = id;
        this.node = node;
        this.peer = peer;
        this.course = course;
        this.images = images;
    }

    MigrationResult run() {
        course.tell(new ProgressEvent.Started(
                id, request.container(), request.peer().toString()));
        try {
            course.begin();
            migrate();
            return complete();
        } catch (RuntimeException e) {
            throw ended(e);
        } finally {
            closeConnections();
        }
    }

    private void migrate() {
        List<String> obstacles = node.obstacles();
        if (!obstacles.isEmpty()) {
            throw Failure.of(MigrationCode.PREFLIGHT, "the container cannot be migrated")
                    .withDetails(obstacles);
        }
        control = peer.control();
        String secret = offer();
        SourceState.PreCopy first = new SourceState.PreCopy(1);
        course.enter(first);
        data = peer.data(id, secret);
        firstPass();
        memory = new OutgoingMemory(data, control, request.patience(), this::memorySent);
        ChangedPages copied = new PreCopy(node, memory, course).run(first);
        course.enter(new SourceState.Frozen());
        try (PageSink pages = copied.next(memory.last())) {
            node.dump(images, pages, new Handover());
        } catch (RuntimeException e) {
            if (!destinationRuns) {
                throw e;
            }
            course.warn(e);
        }
        if (!destinationRuns) {
            throw Failure.of(
                            MigrationCode.IN_DOUBT,
                            "the connection to " + request.peer() + " was lost after the commit")
                    .withCause(lost.orElse(null));
        }
    }

    /** The tree is frozen when its images are complete, and still is when this is over. */
    private final class Handover implements DumpListener {
        @Override
        public void freezing() {
            watch.mark(Stopwatch.Lap.FREEZE);
        }

        @Override
        public DumpVerdict frozen(FrozenTree frozen) {
            return handOver();
        }
    }

    private void memorySent(long bytes) {
        course.tell(new ProgressEvent.Sent(Kind.MEMORY, bytes, 0));
    }

    private String offer() {
        boolean shared = request.rootfs() == RootfsMode.SHARED;
        try (SharedMarker marker = shared ? SharedMarker.make(node.rootfs()) : SharedMarker.none()) {
            control.send(new ControlMessage.Offer(
                    id,
                    request.container(),
                    node.config(),
                    request.rootfs(),
                    node.rootfs().toString(),
                    marker.name(),
                    node.facts()));
            return control.await(ControlMessage.Accepted.class, request.patience())
                    .secret();
        }
    }

    private void firstPass() {
        tree = new TreeSender(node.rootfs(), data, bytes -> course.tell(new ProgressEvent.Sent(Kind.ROOTFS, bytes, 0)));
        if (request.rootfs() == RootfsMode.COPY) {
            tree.sendAll();
            data.send(new DataMessage.SectionEnd(Section.ROOTFS, tree.messages()));
            acknowledged(Section.ROOTFS);
        }
    }

    private void acknowledged(Section section) {
        ControlMessage.Received received = control.await(ControlMessage.Received.class, request.patience());
        if (received.section() != section) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    /** In CRIU's post-dump: the tree is frozen and stays so until this returns. */
    private DumpVerdict handOver() {
        watch.mark(Stopwatch.Lap.DUMPED);
        linkIsDown = true;
        node.linkDown();
        imageBytes = ImageFiles.send(images, data);
        if (request.rootfs() == RootfsMode.COPY) {
            tree.sendChanges();
        }
        data.send(new DataMessage.SectionEnd(Section.FINAL, 0));
        watch.mark(Stopwatch.Lap.SENT);
        course.enter(new SourceState.Restoring());
        control.await(ControlMessage.Held.class, request.patience());
        watch.mark(Stopwatch.Lap.HELD);
        SourceState.Held held = new SourceState.Held();
        course.enter(held);
        cgroupIsFrozen = true;
        node.freeze();
        if (!commit(held.committed())) {
            return DumpVerdict.LEAVE_FROZEN;
        }
        node.killFrozen();
        return DumpVerdict.KILL;
    }

    /**
     * The commit point is behind the first line: nothing that fails after it may let the copy run.
     *
     * @return whether the destination runs it; if not, nobody knows
     */
    private boolean commit(SourceState.Committed committed) {
        course.enter(committed);
        try {
            control.send(new ControlMessage.Go());
            control.await(ControlMessage.Running.class, request.patience());
            destinationRuns = true;
        } catch (Failure e) {
            lost = Optional.of(e);
            destinationRuns = settle(committed, e);
        }
        watch.mark(Stopwatch.Lap.RUNNING);
        return destinationRuns;
    }

    /** Asks until the destination has decided or the time is over. */
    private boolean settle(SourceState.Committed committed, Failure lost) {
        long deadline = System.nanoTime() + request.patience().toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            DestinationAnswer answer = peer.ask(id, request.container());
            switch (SourceRecovery.decide(committed, answer, true)) {
                case SourceAction.KillCopy _ -> {
                    return true;
                }
                case SourceAction.LetRun letRun -> {
                    givenBack = Optional.of(letRun.next());
                    throw Failure.of(MigrationCode.ABORTED, "the destination gave the container back")
                            .withCause(lost);
                }
                default -> LockSupport.parkNanos(ASK_INTERVAL.toNanos());
            }
        }
        return false;
    }

    private MigrationResult complete() {
        node.delete();
        course.enter(new SourceState.Completed());
        try {
            control.send(new ControlMessage.Gone());
        } catch (Failure e) {
            course.warn(e);
        }
        MigrationResult result = new MigrationResult(
                id,
                request.container(),
                request.peer().toString(),
                watch.totalNanos(),
                downtime(),
                new BytesMoved(memory.bytes(), imageBytes, tree.bytes()));
        course.tell(new ProgressEvent.Finished(result));
        return result;
    }

    private Downtime downtime() {
        return new Downtime(
                watch.nanos(Stopwatch.Lap.FREEZE, Stopwatch.Lap.DUMPED),
                watch.nanos(Stopwatch.Lap.DUMPED, Stopwatch.Lap.SENT),
                watch.nanos(Stopwatch.Lap.SENT, Stopwatch.Lap.HELD),
                watch.nanos(Stopwatch.Lap.HELD, Stopwatch.Lap.RUNNING));
    }

    /** Whatever happened: the container is where its state says when this returns. */
    private Failure ended(RuntimeException cause) {
        Failure failure = described(cause);
        ours().ifPresent(next -> takeBack(next, failure));
        course.tell(new ProgressEvent.Ended(course.state().place(), failure.getMessage()));
        return failure;
    }

    /** The end of a migration whose container is the source's; absent if only the destination knows. */
    private Optional<SourceState.Aborted> ours() {
        return course.state() instanceof SourceOwns owns ? Optional.of(owns.aborted()) : givenBack;
    }

    private void takeBack(SourceState.Aborted next, Failure failure) {
        attempt(failure, () -> tellPeer(failure));
        if (cgroupIsFrozen) {
            attempt(failure, node::thaw);
        }
        if (linkIsDown) {
            attempt(failure, node::linkUp);
        }
        attempt(failure, () -> course.enter(next));
    }

    private Failure described(RuntimeException cause) {
        String where =
                ours().isPresent() ? "it runs at the source" : course.state().whereabouts();
        String about = "container \"" + request.container() + "\" did not migrate, " + where + ": ";
        return cause instanceof Failure failure
                ? Failure.of(failure.code(), about + failure.getMessage())
                        .withDetails(failure.details())
                        .withCause(failure)
                : Failure.of(MigrationCode.ABORTED, about + cause.getMessage()).withCause(cause);
    }

    private void tellPeer(Failure failure) {
        if (control != null && course.state() instanceof SourceOwns) {
            control.send(
                    new ControlMessage.Failed("the source gave up", List.of(String.valueOf(failure.getMessage()))));
        }
    }

    private static void attempt(Failure failure, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void closeConnections() {
        if (data != null) {
            data.close();
        }
        if (control != null) {
            control.close();
        }
    }
}
