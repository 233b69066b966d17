package io.jmigrate.criu;

import io.jmigrate.criu.job.Job;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.List;

/** A job is held by nothing but CRIU: if that is killed, the job runs on. */
final class JobStandstill implements Standstill {
    private final Job job;
    private List<ProcessRef> stopped = List.of();

    JobStandstill(Job job) {
        this.job = job;
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
    public void kill() {
        stopped.forEach(process -> Processes.killIfAlive(process, Signal.KILL));
    }

    @Override
    public void end() {}

    @Override
    public void endWithoutCriu() {
        AbandonedDump.endRepair(job.pids());
    }
}
