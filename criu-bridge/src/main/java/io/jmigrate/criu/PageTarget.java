package io.jmigrate.criu;

import io.jmigrate.runtime.linux.Fd;

/** Takes the memory of a dump in place of its image directory. */
sealed interface PageTarget extends AutoCloseable permits PageReceiver, RemotePageServer {
    /** The socket that CRIU gets to send it to. */
    Fd criuEnd();

    /** Begins to take it; CRIU has its end by now, ours of it is closed. */
    void begin();

    /**
     * Adds to a failed dump why the pages could not be taken, if that is known; called when CRIU has ended.
     *
     * @return what to report
     */
    RuntimeException explain(RuntimeException dumpFailure);

    @Override
    void close();
}
