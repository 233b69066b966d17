package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Lets the init of a created container become the user's program. */
public final class StartContainer {
    /** The init waits at the FIFO already, or is a few system calls away from it. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LifecycleHost host;

    StartContainer(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Prerequisite: the container is created. On success its program has been executed, and may have ended already. On failure the
     * container is as it was, or stopped when its init has ended meanwhile.
     *
     * @throws Failure NOT_FOUND, WRONG_STATE, INIT_FAILED
     */
    public ContainerRecord start(ContainerId id) {
        try (NameLock _ = host.store().lock(id)) {
            ContainerRecord record = host.status().refresh(host.store().load(id));
            if (record.state() instanceof ContainerState.Created created) {
                return start(record, created);
            }
            throw Refusal.of("start", record);
        }
    }

    private ContainerRecord start(ContainerRecord record, ContainerState.Created created) {
        Path fifo = host.store().execFifo(record.id());
        release(record.id(), fifo, created.process());
        ContainerRecord running = record.in(created.started());
        try {
            Files.delete(fifo);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + fifo + ": " + IoReason.of(e))
                    .withCause(e);
        }
        host.store().save(running);
        return running;
    }

    /**
     * The init opens the FIFO to write, which takes until somebody opens it to read, and writes one byte before it goes on. It never
     * closes it: the FIFO ends when the program is executed, so that nobody who looks at the container then finds the init.
     */
    private static void release(ContainerId id, Path fifo, ProcessRef init) {
        try (Fd death = Processes.pidfdOpen(init.pid());
                Fd reader = Descriptors.open(fifo, OpenFlag.NON_BLOCKING, OpenFlag.NO_FOLLOW)) {
            List<Fd> ready = Readiness.await(List.of(reader, death), LIMIT);
            if (ready.isEmpty()) {
                throw failed(id, "its init did not answer for " + LIMIT.toSeconds() + " s");
            }
            boolean answered = ready.contains(reader) && Descriptors.read(reader, ByteBuffer.allocate(1)) == 1;
            if (!answered) {
                throw failed(id, "its init has ended");
            }
            Readiness.await(List.of(reader, death), LIMIT);
        } catch (LinuxException e) {
            boolean gone = e.errno().equals(Errno.ESRCH);
            throw failed(id, gone ? "its init has ended" : e.getMessage()).withCause(e);
        }
    }

    private static Failure failed(ContainerId id, String why) {
        return Failure.of(RuntimeCode.INIT_FAILED, "cannot start " + id.inSentence() + ": " + why);
    }
}
