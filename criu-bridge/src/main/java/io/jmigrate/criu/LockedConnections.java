package io.jmigrate.criu;

import io.jmigrate.runtime.network.ConnectionLock;
import io.jmigrate.runtime.network.ConnectionLock.Ports;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The connections within a tree that is restored into a network which others use too: what they send is dropped until all sockets are
 * there.
 */
record LockedConnections(Optional<ConnectionLock> lock) implements AutoCloseable {
    /** There are none. */
    static final LockedConnections NONE = new LockedConnections(Optional.empty());

    /**
     * Locks those that images have.
     *
     * @param namespace where they are restored
     * @throws io.jmigrate.runtime.failure.Failure IMAGES_INVALID, IO
     */
    static LockedConnections of(Path images, Path namespace) {
        Set<Ports> within = TcpConnections.within(images);
        return within.isEmpty()
                ? NONE
                : new LockedConnections(ConnectionLock.lock(new NetworkNamespace(namespace), within));
    }

    void unlock() {
        lock.ifPresent(ConnectionLock::unlock);
    }

    @Override
    public void close() {
        lock.ifPresent(ConnectionLock::close);
    }
}
