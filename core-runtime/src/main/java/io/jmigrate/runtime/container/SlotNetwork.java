package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.network.NetworkAttachment;
import io.jmigrate.runtime.network.NetworkLock;
import java.nio.file.Path;
import java.util.Optional;

/** The network of a {@link RestoreSlot}. */
public final class SlotNetwork {
    private final LifecycleHost host;
    private final Blueprint blueprint;
    private boolean locked;

    SlotNetwork(LifecycleHost host, Blueprint blueprint) {
        this.host = host;
        this.blueprint = blueprint;
    }

    /** Makes it, unless it comes with the tree. */
    void make() {
        if (comesWithTree()) {
            return;
        }
        if (blueprint.holdsNetworkNamespace()) {
            HeldNamespace.make(
                    host.launcher(),
                    host.nativeInit(),
                    host.store().networkNamespace(blueprint.record().id()));
        }
        furnish();
    }

    /**
     * Whether the network namespace is made by whoever restores, as it has to be where it belongs to a user namespace that is made by
     * them too: a tree has no rights over one that the runtime made.
     */
    public boolean comesWithTree() {
        return blueprint.config().namespaces().belongsToNewUser(NamespaceKind.NETWORK);
    }

    /**
     * Takes such a network namespace over, and does what is done beforehand for others: from now on it is held and furnished.
     *
     * @param root pid of a process of the tree, before it has any socket
     * @throws io.jmigrate.runtime.failure.Failure IO
     */
    public void take(int root) {
        HeldNamespace.take(
                root, host.store().networkNamespace(blueprint.record().id()));
        furnish();
    }

    private void furnish() {
        host.networks().furnishLocked(blueprint.record(), blueprint.config());
    }

    /** Where the network namespace can be entered: one that the runtime holds, or the one that the config names. */
    public Optional<Path> namespace() {
        return blueprint.record().networkNamespace();
    }

    /** The interfaces that the config's annotation asks for. */
    public Optional<NetworkAttachment> attachment() {
        return host.networks().of(blueprint.record());
    }

    /**
     * Has {@link #lock} keep all packets away, those of the loopback too, also where there are no interfaces.
     *
     * @return whether that is done: others' packets pass where the network isn't the container's own
     */
    public boolean lockAll() {
        locked = blueprint.holdsNetworkNamespace();
        if (locked) {
            lock().ifPresent(NetworkLock::lock);
        }
        return locked;
    }

    /** The lock that keeps all packets away; present if there are interfaces, or it was asked for. */
    public Optional<NetworkLock> lock() {
        return host.networks()
                .lockOf(blueprint.record())
                .filter(_ -> locked || blueprint.config().hasInterfaces());
    }
}
