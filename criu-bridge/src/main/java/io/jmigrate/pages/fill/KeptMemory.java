package io.jmigrate.pages.fill;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.linux.Sockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A copy of each userfaultfd in this process: while it is open, the kernel lets nobody read zeros, even if guard and filler were killed in the
 * same instant. It is received at once: descriptors that wait in sockets count for their sender's user, and with as many as a process may have
 * open the kernel lets no process of that user send any (unix(7), ETOOMANYREFS), CRIU in any container among them.
 */
final class KeptMemory implements AutoCloseable {
    private static final long LOOK_NANOS = 1_000_000;
    /** Of more processes two have it, guard and filler; descriptors are for the rest of this program, too. */
    private static final int HELD_MAX = 512;

    private final Fd socket;
    private final List<Fd> held = new ArrayList<>();
    private final Thread thread;
    private Optional<ProcessRef> root = Optional.empty();

    /** @param socket closed with this */
    KeptMemory(Fd socket) {
        this.socket = socket;
        this.thread = Thread.ofPlatform().name("fill-kept").daemon().start(this::receive);
    }

    /** Has the container die with the memory from now on. @param first its first process */
    void guard(ProcessRef first) {
        root = Optional.of(first);
    }

    /** All memory is there. */
    void complete() {
        root = Optional.empty();
        release();
    }

    private void receive() {
        boolean more = true;
        while (more) {
            more = next();
        }
    }

    /** @return whether more may come */
    private boolean next() {
        try {
            Received next = Sockets.receive(socket, Integer.BYTES, 1);
            if (held.size() < HELD_MAX) {
                held.addAll(next.fds());
            } else {
                next.fds().forEach(Fd::close);
            }
            return !next.eof();
        } catch (LinuxException e) {
            return e.errno().equals(Errno.EMSGSIZE); // this program may have no more open, of which two have it
        }
    }

    private void release() {
        if (socket.isOpen()) {
            Sockets.shutdown(socket);
            joined();
            socket.close();
            held.forEach(Fd::close);
        }
    }

    private void joined() {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it ends at once: nothing comes from a socket that is shut down
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills what still runs of the container, unless all memory was there, and waits until it is gone. */
    @Override
    public void close() {
        while (root.filter(Processes::alive).isPresent()) {
            Processes.kill(root.get().pid(), Signal.KILL);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        release();
    }
}
