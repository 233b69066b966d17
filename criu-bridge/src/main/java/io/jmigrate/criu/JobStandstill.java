package io.jmigrate.criu;

import io.jmigrate.criu.job.Job;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A job is held by nothing but CRIU: if that is killed, the job runs on. */
final class JobStandstill implements Standstill {
    private final Job job;
    private final Consumer<String> locking;
    private final Path log;
    private List<ProcessRef> stopped = List.of();

    /**
     * @param locking told of the run of a CRIU that is about to lock its connections
     * @param log of the CRIU that dumps it
     */
    JobStandstill(Job job, Consumer<String> locking, Path log) {
        this.job = job;
        this.locking = locking;
        this.log = log;
    }

    @Override
    public void begin() {
        ConnectionTable.run(log).ifPresent(locking);
    }

    /** Takes note of who is stopped: while the tree is dying its processes get other parents. */
    @Override
    public void freeze() {
        stopped =
                job.pids().stream().flatMap(pid -> Processes.find(pid).stream()).toList();
    }

    @Override
    public void silence() {}

    @Override
    public void dumped(Path images) {
        if (!TcpConnections.in(images)) {
            left().unlock();
        }
    }

    @Override
    public void kill() {
        stopped.forEach(process -> Processes.killIfAlive(process, Signal.KILL));
    }

    @Override
    public void end() {}

    @Override
    public void endWithoutCriu() {
        left().undo();
    }

    private AbandonedJob left() {
        return new AbandonedJob(job, ConnectionTable.run(log));
    }
}
