package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.LinuxException;
import java.util.List;

/**
 * Drops every packet that enters or leaves a network namespace, its loopback included, while its links, addresses and routes stay
 * as they are: a segment that arrives before its socket has been restored is lost, and sent again by its sender, instead of being
 * answered with a reset. The lock is a table of nftables, lives with the namespace and survives this process.
 *
 * <p>All methods throw Failure IO with the kernel's reason.
 *
 * @param namespace where
 */
public record NetworkLock(NetworkNamespace namespace) {
    /** Nothing passes when this returns; locking twice is harmless. */
    public void lock() {
        change("lock the container's network", LockTable.awake());
    }

    /**
     * Traffic passes again. The table stays, asleep, until {@link #remove}: to delete it the kernel waits until no packet is within
     * it any more, 10 to 20 ms. Unlocking what isn't locked is harmless.
     */
    public void unlock() {
        change("unlock the container's network", LockTable.dormant());
    }

    /** Nothing of the lock is left; no error if there was none. */
    public void remove() {
        change("remove the lock of the container's network", LockTable.gone());
    }

    private void change(String purpose, List<NetlinkMessage> messages) {
        try {
            FilterBatch.send(namespace, messages);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot " + purpose + ": " + e.getMessage())
                    .withCause(e);
        }
    }
}
