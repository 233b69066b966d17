package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.job.Job;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives a job its connections back whose dump was broken off by the death of the process that had it made, and of CRIU. A CRIU that lives
 * undoes itself what it did, as soon as it has written what it has.
 *
 * @param pid of its first process
 * @param run of that CRIU, which its log names
 */
public record SettleJob(int pid, String run) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /**
     * Settles it.
     *
     * @return whether there is such a job
     * @throws Failure DUMP_FAILED if somebody traces it for long; IO
     */
    public boolean settle() {
        Optional<ProcStat> stat = ProcStat.read(pid).filter(found -> !found.ended());
        stat.ifPresent(found -> settle(new Job(new ProcessRef(pid, found.startTime()), OptionalInt.empty(), "")));
        return stat.isPresent();
    }

    private void settle(Job job) {
        tracer().ifPresent(criu -> Processes.awaitEnd(criu, LIMIT));
        if (tracer().isPresent()) {
            throw Failure.of(CriuCode.DUMP_FAILED, "job " + pid + " is still being dumped");
        }
        new AbandonedJob(job, Optional.of(run)).undo();
    }

    private Optional<ProcessRef> tracer() {
        return ProcStatus.find(pid)
                .flatMap(status -> status.field("TracerPid"))
                .map(Integer::valueOf)
                .filter(tracer -> tracer > 0)
                .flatMap(Processes::find);
    }
}
