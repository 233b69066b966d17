package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Commitment.Outcome;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.transfer.TreeScan;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One migration at its source, from the offer to the end. Used once, by one thread. */
final class SourceMigration {
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
    private Optional<Meanwhile<TreeScan>> changes = Optional.empty();
    private boolean linkIsDown;
    private boolean cgroupIsFrozen;
    private Optional<Outcome> outcome = Optional.empty();
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
        ChangedPages copied = copyAhead(first);
        course.enter(new SourceState.Frozen());
        try (PageSink pages = copied.next(memory.last())) {
            node.dump(images, pages, new Handover());
        } catch (RuntimeException e) {
            if (outcome.isEmpty()) {
                throw e;
            }
            course.warn(e);
        }
        requireRunning(outcome.orElseThrow());
    }

    private void requireRunning(Outcome end) {
        switch (end) {
            case Outcome.Runs _ -> {}
            case Outcome.GivenBack back ->
                throw Failure.of(MigrationCode.PEER_FAILED, "the destination never ran it and gave it back")
                        .withCause(back.lost());
            case Outcome.Unknown unknown ->
                throw Failure.of(MigrationCode.IN_DOUBT, "the peer " + request.peer() + " was lost after the commit")
                        .withDetails(List.of(String.valueOf(unknown.lost().getMessage())))
                        .withCause(unknown.lost());
        }
    }

    /** The tree is frozen when its images are complete, and still is when this is over. */
    private final class Handover implements DumpListener {
        @Override
        public void freezing() {
            watch.mark(Stopwatch.Lap.FREEZE);
        }

        /** No file changes from now on, so the tree can be looked at while CRIU dumps. */
        @Override
        public void stopped() {
            if (copiesFiles()) {
                changes = Optional.of(Meanwhile.start("rootfs", tree::look));
            }
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

    private boolean copiesFiles() {
        return request.rootfs() == RootfsMode.COPY;
    }

    /** Copying memory takes a while: what files changed meanwhile need not wait for the freeze. */
    private ChangedPages copyAhead(SourceState.PreCopy first) {
        firstPass();
        memory = new OutgoingMemory(data, control, request.patience(), this::memorySent);
        ChangedPages copied = new PreCopy(node, memory, course).run(first);
        if (copiesFiles()) {
            tree.sendChanges(tree.look());
        }
        return copied;
    }

    private void firstPass() {
        tree = new TreeSender(node.rootfs(), data, bytes -> course.tell(new ProgressEvent.Sent(Kind.ROOTFS, bytes, 0)));
        if (copiesFiles()) {
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
        changes.map(Meanwhile::get).ifPresent(tree::sendChanges);
        data.send(new DataMessage.SectionEnd(Section.FINAL, 0));
        watch.mark(Stopwatch.Lap.SENT);
        course.enter(new SourceState.Restoring());
        control.await(ControlMessage.Held.class, request.patience());
        watch.mark(Stopwatch.Lap.HELD);
        SourceState.Held held = new SourceState.Held();
        course.enter(held);
        cgroupIsFrozen = true;
        node.freeze();
        Outcome end = new Commitment(id, request.container(), peer, course, request.patience())
                .make(held.committed(), control);
        outcome = Optional.of(end);
        watch.mark(Stopwatch.Lap.RUNNING);
        return switch (end) {
            case Outcome.Runs _ -> killed();
            case Outcome.GivenBack _ -> DumpVerdict.THAW;
            case Outcome.Unknown _ -> DumpVerdict.LEAVE_FROZEN;
        };
    }

    /** A copy that can't be killed now must not be thawed for it: it is deleted in the end. */
    private DumpVerdict killed() {
        try {
            node.killFrozen();
        } catch (RuntimeException e) {
            course.warn(e);
        }
        return DumpVerdict.KILL;
    }

    private MigrationResult complete() {
        try {
            node.delete();
            Directories.remove(images); // nobody looks for them any more when the migration has ended by its journal
            course.enter(new SourceState.Completed());
        } catch (RuntimeException e) {
            throw Failure.of(
                            MigrationCode.LEFT_BEHIND,
                            "what is left of it here could not be removed: " + e.getMessage())
                    .withCause(e);
        }
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

    /** Whatever happened: the container is where the message and the last event say when this returns. */
    private Failure ended(RuntimeException cause) {
        List<RuntimeException> troubles = new ArrayList<>();
        boolean begun = !(course.state() instanceof SourceState.Preflight);
        Place place = ours().map(next -> takeBack(next, cause, troubles)).orElseGet(this::elsewhere);
        Failure failure = SourceFailure.of(request.container(), cause, place, begun);
        troubles.forEach(failure::addSuppressed);
        course.tell(new ProgressEvent.Ended(place, failure.getMessage()));
        return failure;
    }

    /** The end of a migration whose container is the source's; absent if only the destination knows. */
    private Optional<SourceState.Aborted> ours() {
        if (course.state() instanceof SourceOwns owns) {
            return Optional.of(owns.aborted());
        }
        return outcome.flatMap(
                end -> end instanceof Outcome.GivenBack back ? Optional.of(back.next()) : Optional.empty());
    }

    private Place elsewhere() {
        boolean runs = outcome.filter(Outcome.Runs.class::isInstance).isPresent();
        return runs ? Place.DESTINATION : Place.IN_DOUBT;
    }

    /**
     * The container first, then the journal: one that could not be set going stays open in it, so that recovery tries again.
     *
     * @param troubles gets what fails
     */
    private Place takeBack(SourceState.Aborted next, RuntimeException cause, List<RuntimeException> troubles) {
        boolean committed = !(course.state() instanceof SourceOwns);
        if (cgroupIsFrozen) {
            attempt(troubles, node::thaw);
        }
        if (linkIsDown) {
            attempt(troubles, node::linkUp);
        }
        boolean goes = troubles.isEmpty();
        if (goes) {
            attempt(troubles, () -> {
                Directories.remove(images);
                course.enter(next);
            });
        }
        if (control != null && !committed) {
            tellPeer(cause);
        }
        return goes ? Place.SOURCE : Place.SOURCE_FROZEN;
    }

    /** A peer that can't be told sees the connection end. */
    private void tellPeer(RuntimeException cause) {
        try {
            control.send(new ControlMessage.Failed("the source gave up", List.of(String.valueOf(cause.getMessage()))));
        } catch (Failure e) {
            System.getLogger(SourceMigration.class.getName())
                    .log(System.Logger.Level.DEBUG, "the peer was not told", e);
        }
    }

    private static void attempt(List<RuntimeException> troubles, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            troubles.add(e);
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
