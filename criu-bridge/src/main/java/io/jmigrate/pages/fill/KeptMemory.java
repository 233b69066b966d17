package io.jmigrate.pages.fill;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A copy of each userfaultfd, on its way to this process and never received: while this end of the socket is open, the kernel lets nobody
 * read zeros, even if guard and filler were killed in the same instant.
 */
final class KeptMemory implements AutoCloseable {
    private static final long LOOK_NANOS = 1_000_000;

    private final Fd socket;
    private Optional<ProcessRef> root = Optional.empty();

    /** @param socket closed with this */
    KeptMemory(Fd socket) {
        this.socket = socket;
    }

    /** Has the container die with the memory from now on. @param first its first process */
    void guard(ProcessRef first) {
        root = Optional.of(first);
    }

    /** All memory is there. */
    void complete() {
        root = Optional.empty();
        socket.close();
    }

    /** Kills what still runs of the container, unless all memory was there, and waits until it is gone. */
    @Override
    public void close() {
        while (root.filter(Processes::alive).isPresent()) {
            Processes.kill(root.get().pid(), Signal.KILL);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        socket.close();
    }
}
