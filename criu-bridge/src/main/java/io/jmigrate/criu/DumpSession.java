package io.jmigrate.criu;

import io.jmigrate.criu.outgoing.TakenMemory;
import io.jmigrate.criu.rpc.Notification;
import io.jmigrate.criu.rpc.NotificationHandler;
import io.jmigrate.pages.frozen.FrozenMemory;
import io.jmigrate.runtime.failure.MachineErrors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One dump from CRIU's questions to its end.
 *
 * <p>In {@code post-dump} the tree is frozen by its cgroup too: if CRIU or this process is killed now, the tree still doesn't run,
 * and whoever finds it can ask first where its life went on. A tree that is to die is killed through its cgroup as soon as CRIU has
 * got its answer, so that its end doesn't depend on CRIU's life either: a frozen process dies when it is thawed.
 */
final class DumpSession implements NotificationHandler {
    private final DumpListener listener;
    private final FrozenTree tree;
    private final Consumer<Path> finish;
    private final Standstill standstill;
    private final boolean leaveRunning;
    private final boolean takesMemory;
    private Optional<DumpVerdict> verdict = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Optional<TakenMemory> taken = Optional.empty();
    private boolean lost;
    private long freezeBegan;

    /** @param finish completes the image directory when CRIU has written all that it has to say */
    DumpSession(
            DumpListener listener,
            FrozenTree tree,
            Consumer<Path> finish,
            Standstill standstill,
            boolean leaveRunning,
            boolean takesMemory) {
        this.listener = listener;
        this.tree = tree;
        this.finish = finish;
        this.standstill = standstill;
        this.leaveRunning = leaveRunning;
        this.takesMemory = takesMemory;
    }

    @Override
    public boolean answer(Notification notification) {
        try {
            return MachineErrors.get(() -> consents(notification.name()));
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            return false;
        }
    }

    private boolean consents(String notification) {
        return switch (notification) {
            case "pre-dump" -> {
                standstill.begin();
                freeze();
                yield true;
            }
            case "network-lock" -> {
                standstill.silence();
                listener.stopped();
                yield true;
            }
            case "post-dump" -> decide();
            default -> true;
        };
    }

    /**
     * Before CRIU asks for it: where CRIU finds the cgroup frozen it goes on at once, else it looks only every 100 ms (criu/seize.c,
     * freeze_processes). It thaws the cgroup as soon as it holds every task by ptrace.
     */
    private void freeze() {
        listener.freezing();
        freezeBegan = System.nanoTime();
        standstill.freeze();
    }

    /** With leave-running it is success that lets the tree go on. */
    private boolean decide() {
        standstill.freeze();
        finish.accept(tree.imageDirectory());
        standstill.dumped(tree.imageDirectory());
        DumpVerdict decided = ask();
        if (leaveRunning && decided == DumpVerdict.KILL) {
            throw new IllegalStateException("a dump that leaves the tree running was told to kill it");
        }
        verdict = Optional.of(decided);
        return leaveRunning || decided == DumpVerdict.KILL;
    }

    private DumpVerdict ask() {
        if (!takesMemory) {
            return listener.frozen(tree);
        }
        try (FrozenMemory memory =
                FrozenMemory.of(tree.imageDirectory(), tree.root().pid())) {
            long began = System.nanoTime();
            DumpVerdict decided = listener.frozen(tree.with(memory));
            taken = Optional.of(new TakenMemory(memory.bytes(), System.nanoTime() - began));
            return decided;
        }
    }

    /** The memory that the listener took; empty if it was left to CRIU. */
    Optional<TakenMemory> taken() {
        return taken;
    }

    @Override
    public void answered(Notification notification, boolean consent) {
        if (killed()) {
            standstill.kill();
        }
    }

    /** What the listener decided; empty if it wasn't asked or failed. */
    Optional<DumpVerdict> verdict() {
        return verdict;
    }

    boolean killed() {
        return verdict.equals(Optional.of(DumpVerdict.KILL));
    }

    /** What the listener threw. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /** Since the freeze began. */
    long frozenNanos() {
        return System.nanoTime() - freezeBegan;
    }

    /** CRIU has ended without an answer: it has undone nothing of what it did to the tree. */
    void lost() {
        lost = true;
    }

    /** CRIU has let go of a tree that is to live: nothing else holds it. */
    void release() {
        if (killed() || verdict.equals(Optional.of(DumpVerdict.LEAVE_FROZEN))) {
            return;
        }
        if (lost) {
            standstill.endWithoutCriu();
        } else {
            standstill.end();
        }
    }
}
