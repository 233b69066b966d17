package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;

/**
 * A container's place.
 *
 * @param slot what the runtime has made of it
 * @param connections that are locked where its network is not
 * @param memory how it comes
 * @param console gets the master of the tree's terminal
 * @param cgroups where its processes may be
 * @param criu pid of the process that restores
 */
record ContainerPlace(
        RestoreSlot slot,
        LockedConnections connections,
        MemoryArrival memory,
        Console console,
        OwnCgroups cgroups,
        int criu)
        implements RestorePlace {
    @Override
    public String inSentence() {
        return slot.id().inSentence();
    }

    @Override
    public void furnish(int root) {
        if (slot.network().comesWithTree()) {
            requireOwnNetwork(root);
            slot.network().take(root);
            slot.network().attachment().ifPresent(NetworkAttachment::linkUp);
        }
        if (!slot.config().hooks().isEmpty()) {
            memory.confirm(); // what hooks have done to the host isn't taken back
            slot.runHooks(root);
        }
    }

    /** CRIU leaves a tree in its own network if the images say nothing of another. */
    private void requireOwnNetwork(int root) {
        if (Namespaces.inode(root, NamespaceKind.NETWORK) == Namespaces.inode(criu, NamespaceKind.NETWORK)) {
            throw Failure.of(
                    CriuCode.IMAGES_INVALID,
                    "the images have no network namespace for " + inSentence()
                            + ", whose config asks for one of its own");
        }
    }

    @Override
    public void examine(ProcessRef root) {
        cgroups.require(inSentence(), root.pid());
    }

    @Override
    public void keepTerminal(Fd master) {
        console.take(master);
    }

    /** The record says so before the tree runs. What can wait comes when it runs. */
    @Override
    public void complete(ProcessRef root) {
        slot.complete(root);
        slot.network().lock().ifPresent(NetworkLock::unlock);
        connections.unlock();
    }

    @Override
    public void announce() {
        slot.network().attachment().ifPresent(NetworkAttachment::announce);
    }

    @Override
    public void tidyUp() {
        slot.network().lock().ifPresent(NetworkLock::remove);
    }
}
