package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.rpc.Notification;
import io.jmigrate.criu.rpc.NotificationHandler;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.Optional;

/** One restore from CRIU's questions to its end. */
final class RestoreSession implements NotificationHandler, AutoCloseable {
    private final RestoreListener listener;
    private final RestorePlace place;
    private final Path log;
    private Optional<Fd> terminal = Optional.empty();
    private Optional<ProcessRef> root = Optional.empty();
    private Optional<HeldTree> held = Optional.empty();
    private Optional<RestoreVerdict> verdict = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean letGo;

    RestoreSession(RestoreListener listener, RestorePlace place, Path log) {
        this.listener = listener;
        this.place = place;
        this.log = log;
    }

    @Override
    public boolean answer(Notification notification) {
        try {
            return MachineErrors.get(() -> consents(notification));
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            return false;
        }
    }

    private boolean consents(Notification notification) {
        return switch (notification.name()) {
            case "setup-namespaces" -> furnish(notification.pid().orElseThrow());
            case "orphan-pts-master" -> keepTerminal(notification);
            case "post-restore" -> decide(notification);
            case "pre-resume" -> letGo();
            case "post-resume" -> {
                place.tidyUp();
                yield true;
            }
            default -> true;
        };
    }

    private boolean furnish(int pid) {
        root = place.find(pid);
        place.furnish(pid);
        return true;
    }

    /** Its settings come later. */
    private boolean keepTerminal(Notification notification) {
        Fd master = notification
                .descriptor()
                .orElseThrow(() -> Failure.of(CriuCode.RESTORE_FAILED, "CRIU sent no terminal"));
        terminal = Optional.of(Descriptors.duplicate(master));
        return true;
    }

    private boolean decide(Notification notification) {
        int pid = notification.pid().orElseThrow();
        root = place.find(pid);
        HeldTree tree = new HeldTree(root.orElseThrow(() -> gone(pid)), log);
        place.examine(tree.root());
        place.memory().confirm();
        place.memory().held(tree.root());
        held = Optional.of(tree);
        terminal.ifPresent(place::keepTerminal);
        RestoreVerdict decided = listener.held(tree);
        verdict = Optional.of(decided);
        if (decided == RestoreVerdict.RESUME) {
            place.memory().release();
        }
        return decided == RestoreVerdict.RESUME;
    }

    private static Failure gone(int pid) {
        return Failure.of(CriuCode.RESTORE_FAILED, "the restored process " + pid + " is gone");
    }

    /** From here on the tree runs, whatever is answered. */
    private boolean letGo() {
        letGo = true;
        place.complete(held.orElseThrow().root());
        return true;
    }

    @Override
    public void answered(Notification notification, boolean consent) {
        if (!letGo || !notification.name().equals("pre-resume")) {
            return;
        }
        try {
            MachineErrors.run(() -> {
                listener.resumed(held.orElseThrow());
                place.announce();
            });
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    @Override
    public Optional<String> hopeless() {
        return root.filter(process -> !Processes.alive(process))
                .map(_ -> "the first process that CRIU had made was killed")
                .or(place.memory()::lost);
    }

    /** Lets go of the terminal, which somebody else has now. */
    @Override
    public void close() {
        terminal.ifPresent(Fd::close);
    }

    /** The tree, from the moment that it was complete. */
    Optional<HeldTree> held() {
        return held;
    }

    /** What the listener decided; empty if it wasn't asked or failed. */
    Optional<RestoreVerdict> verdict() {
        return verdict;
    }

    /** What the listener threw, or what failed while the tree was let go. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    /** Whether the tree has been let go. */
    boolean isLetGo() {
        return letGo;
    }
}
