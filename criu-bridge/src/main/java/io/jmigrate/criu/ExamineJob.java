package io.jmigrate.criu;

import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobRules;
import io.jmigrate.criu.obstacle.Examination;
import java.util.Objects;

/** Looks at a job as a checkpoint does before it freezes it, and changes nothing. */
public final class ExamineJob {
    private static final String STATE = "running";

    private final JobRules rules;

    /** @param rules which jobs may be dumped */
    public ExamineJob(JobRules rules) {
        this.rules = Objects.requireNonNull(rules);
    }

    /**
     * What a checkpoint that began now would meet.
     *
     * @param job seen
     * @param outlook of its dump
     */
    public record Result(Job job, Outlook.Examined outlook) {}

    /**
     * Looks at the job of a process.
     *
     * @throws io.jmigrate.runtime.failure.Failure UNDUMPABLE if it is none, DUMP_FAILED if it ends meanwhile
     */
    public Result run(int pid) {
        Job job = rules.job(pid);
        JobTarget target = new JobTarget(job, rules.caller());
        Examination seen = target.look().examination();
        return new Result(
                job,
                new Outlook.Examined(
                        STATE, seen.processes(), seen.obstacles(), seen.belongings(), target.rootLeadsNoSession()));
    }
}
