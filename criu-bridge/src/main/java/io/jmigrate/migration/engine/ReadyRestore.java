package io.jmigrate.migration.engine;

import io.jmigrate.criu.RestoreListener;

/** A place for a container, with its network locked and CRIU waiting; removed when it is closed without having run. */
public interface ReadyRestore extends AutoCloseable {
    /** Restores from the images, which must be complete; the listener decides in the held state. */
    void run(RestoreListener listener);

    @Override
    void close();
}
