package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobRules;
import io.jmigrate.criu.request.TreeOptions;
import java.util.Objects;

/** Looks at a job as a checkpoint does before it freezes it, and changes nothing. */
public final class ExamineJob {
    private static final String STATE = "running";

    private final JobRules rules;
    private final CriuConfigFile configFile;

    /**
     * @param rules which jobs may be dumped
     * @param configFile of CRIU's, for the jobs
     */
    public ExamineJob(JobRules rules, CriuConfigFile configFile) {
        this.rules = Objects.requireNonNull(rules);
        this.configFile = Objects.requireNonNull(configFile);
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
        JobTarget target = new JobTarget(job, rules.caller(), _ -> {});
        return new Result(
                job,
                ExaminedConfig.of(() -> configFile.read(false, TreeOptions.NONE))
                        .outlook(STATE, target, TreeOptions.NONE));
    }
}
