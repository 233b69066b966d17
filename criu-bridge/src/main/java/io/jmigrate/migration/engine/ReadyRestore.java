package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreListener;
import io.jmigrate.migration.transfer.TreeReceiver;

/** A place for a container, with its network locked and CRIU waiting; removed when it is closed without having run. */
public interface ReadyRestore extends AutoCloseable {
    /**
     * Makes a filesystem in memory that the container has mounted there, and takes its files.
     *
     * @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL if its config has none there, PEER_REFUSED, TRANSFER
     */
    TreeReceiver mount(String mountPoint);

    /** Restores from the images, which must be complete; the listener decides in the held state. */
    void run(RestoreListener listener);

    @Override
    void close();
}
