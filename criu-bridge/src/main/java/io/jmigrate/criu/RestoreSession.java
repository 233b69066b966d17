package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.rpc.Notification;
import io.jmigrate.criu.rpc.NotificationHandler;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Path;
import java.util.Optional;

/** One restore from CRIU's questions to its end. */
final class RestoreSession implements NotificationHandler, AutoCloseable {
    private final RestoreListener listener;
    private final Console console;
    private final RestoreSlot slot;
    private final Path log;
    private final int criu;
    private Optional<Fd> terminal = Optional.empty();
    private Optional<HeldTree> held = Optional.empty();
    private Optional<RestoreVerdict> verdict = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean letGo;

    /**
     * @param console gets the master of the tree's terminal
     * @param criu pid of the process that restores
     */
    RestoreSession(RestoreListener listener, Console console, RestoreSlot slot, Path log, int criu) {
        this.listener = listener;
        this.console = console;
        this.slot = slot;
        this.log = log;
        this.criu = criu;
    }

    @Override
    public boolean answer(Notification notification) {
        try {
            return switch (notification.name()) {
                case "setup-namespaces" -> furnish(notification.pid().orElseThrow());
                case "orphan-pts-master" -> keepTerminal(notification);
                case "post-restore" -> decide(notification);
                case "pre-resume" -> letGo();
                case "post-resume" -> tidyUp();
                default -> true;
            };
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            return false;
        }
    }

    /** The root is in its namespaces, and none of its sockets is there yet. */
    private boolean furnish(int root) {
        if (slot.networkComesWithTree()) {
            requireOwnNetwork(root);
            slot.takeNetwork(root);
            slot.network().ifPresent(NetworkAttachment::linkUp);
        }
        slot.runHooks(root);
        return true;
    }

    /** CRIU has made a terminal anew whose master was not in the tree. Its settings come later. */
    private boolean keepTerminal(Notification notification) {
        Fd master = notification
                .descriptor()
                .orElseThrow(() -> Failure.of(CriuCode.RESTORE_FAILED, "CRIU sent no terminal"));
        terminal = Optional.of(Descriptors.duplicate(master));
        return true;
    }

    /** CRIU leaves a tree in its own network if the images say nothing of another. */
    private void requireOwnNetwork(int root) {
        if (Namespaces.inode(root, NamespaceKind.NETWORK) == Namespaces.inode(criu, NamespaceKind.NETWORK)) {
            throw Failure.of(
                    CriuCode.IMAGES_INVALID,
                    "the images have no network namespace for " + slot.id().inSentence()
                            + ", whose config asks for one of its own");
        }
    }

    private boolean decide(Notification notification) {
        int pid = notification.pid().orElseThrow();
        ProcessRef root = Processes.find(pid)
                .orElseThrow(() -> Failure.of(CriuCode.RESTORE_FAILED, "the restored process " + pid + " is gone"));
        HeldTree tree = new HeldTree(slot.id(), root, log);
        held = Optional.of(tree);
        terminal.ifPresent(console::take);
        RestoreVerdict decided = listener.held(tree);
        verdict = Optional.of(decided);
        return decided == RestoreVerdict.RESUME;
    }

    /** From here on the tree runs, whatever is answered: the record says so before it does. What can wait comes when it runs. */
    private boolean letGo() {
        letGo = true;
        HeldTree tree = held.orElseThrow();
        slot.complete(tree.root());
        slot.networkLock().ifPresent(NetworkLock::unlock);
        return true;
    }

    @Override
    public void answered(Notification notification, boolean consent) {
        if (!letGo || !notification.name().equals("pre-resume")) {
            return;
        }
        try {
            listener.resumed(held.orElseThrow());
            slot.network().ifPresent(NetworkAttachment::announce);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private boolean tidyUp() {
        slot.networkLock().ifPresent(NetworkLock::remove);
        return true;
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
