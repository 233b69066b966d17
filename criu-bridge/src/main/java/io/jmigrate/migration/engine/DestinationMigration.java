package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreOutcome;
import io.jmigrate.criu.RestoreVerdict;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One migration at its destination, after it was accepted. Used once, by one thread. */
final class DestinationMigration implements RestoreListener {
    private final Control control;
    private final CompletableFuture<Data> joined;
    private final DestinationNode node;
    private final DestinationCourse course;
    private final RootfsMode rootfs;
    private final Duration lease;
    private final Duration patience;
    private long allSentAt;
    private ReadyRestore restore;

    /** @param lease how long the tree is held for a source that says nothing */
    DestinationMigration(
            Control control,
            CompletableFuture<Data> joined,
            DestinationNode node,
            DestinationCourse course,
            RootfsMode rootfs,
            Duration lease,
            Duration patience) {
        this.control = control;
        this.joined = joined;
        this.node = node;
        this.course = course;
        this.rootfs = rootfs;
        this.lease = lease;
        this.patience = patience;
    }

    /** Returns when the container runs and the source has let go, or fails with nothing left of it. */
    void run() {
        try {
            receive();
            course.enter(new DestinationState.Restoring());
            restore.run(this);
        } catch (RuntimeException e) {
            failed(e);
            return;
        } finally {
            closeRestore();
        }
        node.announce(course.entry());
        node.removeImages(course.entry());
        awaitEnd();
    }

    private void receive() {
        Data data = data();
        course.enter(new DestinationState.Receiving());
        if (rootfs == RootfsMode.SHARED) {
            restore = node.reserve(course.entry());
        }
        try (Arrival arrival = new Arrival(course.entry(), node.rootfs(course.entry()))) {
            arrival.receive(data, patience, this::kept);
        }
        if (restore == null) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: no root filesystem was sent");
        }
        allSentAt = System.nanoTime();
    }

    private void kept(Section section) {
        if (section == Section.ROOTFS && restore == null) {
            restore = node.reserve(course.entry());
        }
        control.send(new ControlMessage.Received(section));
    }

    private void closeRestore() {
        ReadyRestore open = restore;
        restore = null;
        if (open != null) {
            open.close();
        }
    }

    private Data data() {
        try {
            return joined.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Failure.of(MigrationCode.PEER_UNREACHABLE, "the source opened no data connection")
                    .withCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(MigrationCode.CANCELLED, "the arrival was interrupted")
                    .withCause(e);
        }
    }

    @Override
    public RestoreVerdict held(HeldTree tree) {
        course.hold(tree.root());
        control.send(new ControlMessage.Held(System.nanoTime() - allSentAt));
        control.await(ControlMessage.Go.class, lease);
        course.enter(new DestinationState.Held().committed());
        return RestoreVerdict.RESUME;
    }

    @Override
    public void resumed(HeldTree tree) {
        runs();
    }

    private void runs() {
        if (course.state() instanceof DestinationState.Going going) {
            course.enter(going.running());
            sendRunning();
        }
    }

    /** A source that can't be told will ask. */
    private void sendRunning() {
        try {
            control.send(new ControlMessage.Running());
        } catch (Failure e) {
            log("the source was not told that " + course.entry().container() + " runs", e);
        }
    }

    private void awaitEnd() {
        try {
            control.await(ControlMessage.Gone.class, patience);
            if (course.state() instanceof DestinationState.Running running) {
                course.enter(running.sourceIsGone());
            }
        } catch (Failure e) {
            log("the source left without a word, " + course.entry().container() + " runs here", e);
        }
    }

    private void failed(RuntimeException cause) {
        switch (course.state()) {
            case DestinationState.NotYet notYet -> giveUp(notYet.neverRan(), cause);
            case DestinationState.Going going -> afterTheCommit(going, cause);
            case DestinationState.Ran _ -> log("a late failure of a container that runs", cause);
            case DestinationState.NeverRan _ -> log("a late failure of a container that never ran", cause);
        }
    }

    private void afterTheCommit(DestinationState.Going going, RuntimeException cause) {
        if (RestoreOutcome.fromLog(course.entry().restoreLog()) == RestoreOutcome.RESUMED) {
            log("after the commit", cause);
            node.adopt(course.entry());
            runs();
        } else {
            giveUp(going.diedBeforeItRan(), cause);
        }
    }

    /** First the journal, so that no commit can count any more; then the traces. */
    private void giveUp(DestinationState.NeverRan next, RuntimeException cause) {
        course.enter(next);
        try {
            closeRestore(); // it holds the container's lock
            node.discard(course.entry());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        log("arrival of " + course.entry().container() + " failed", cause);
        List<String> details = cause instanceof Failure failure ? failure.details() : List.of();
        try {
            control.send(new ControlMessage.Failed(String.valueOf(cause.getMessage()), details));
        } catch (Failure e) {
            log("the source was not told", e);
        }
    }

    private static void log(String what, RuntimeException e) {
        System.getLogger(DestinationMigration.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }
}
