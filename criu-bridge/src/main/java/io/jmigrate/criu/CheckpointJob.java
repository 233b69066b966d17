package io.jmigrate.criu;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobRules;
import io.jmigrate.criu.request.JobCheckpointRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Dumps a job into an image directory.
 *
 * <p>Prerequisite: a process that may be the first one of a job ({@link JobRules}). On success the images are complete, and the job runs on
 * if that was asked for, else it has ended; who is its parent sees it killed. On failure it runs on, and of the image directory only the log is left.
 */
public final class CheckpointJob {
    private final Launcher launcher;
    private final CriuBinary criu;
    private final JobRules rules;
    private final CriuConfigFile configFile;
    private final Optional<BiFunction<Integer, String, HeirCommand>> heirs;

    /**
     * @param launcher starts CRIU
     * @param criu which one
     * @param rules which jobs may be dumped
     * @param configFile of CRIU's, for the jobs
     */
    public CheckpointJob(Launcher launcher, CriuBinary criu, JobRules rules, CriuConfigFile configFile) {
        this(launcher, criu, rules, configFile, Optional.empty());
    }

    private CheckpointJob(
            Launcher launcher,
            CriuBinary criu,
            JobRules rules,
            CriuConfigFile configFile,
            Optional<BiFunction<Integer, String, HeirCommand>> heirs) {
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
        this.rules = Objects.requireNonNull(rules);
        this.configFile = Objects.requireNonNull(configFile);
        this.heirs = heirs;
    }

    /**
     * The same, with somebody who gives a job its connections back if this process and CRIU are killed during its dump.
     *
     * @param command does what {@link SettleJob} does, with the pid and the run that it takes
     */
    public CheckpointJob withHeir(BiFunction<Integer, String, HeirCommand> command) {
        return new CheckpointJob(launcher, criu, rules, configFile, Optional.of(command));
    }

    /**
     * Dumps, and lets the listener decide while the job stands still.
     *
     * @throws Failure CRIU_MISSING, CRIU_TOO_OLD, CRIU_CONFIG, UNDUMPABLE, MEMORY_ARRIVING, IMAGES_INVALID, NO_SPACE, DUMP_FAILED, or whatever the listener throws
     */
    public Checkpoint run(JobCheckpointRequest request, DumpListener listener) {
        Job job = rules.job(request.pid());
        ArrivingMemory.refuse(job);
        CriuConfig config = configFile.read(false, request.options());
        try (JobHeir heir = new JobHeir(launcher, heirs.map(command -> run -> command.apply(request.pid(), run)))) {
            JobTarget target = new JobTarget(job, rules.caller(), heir::begin);
            TreeDump dump = new TreeDump(launcher, criu, request, target, config, Succession.none());
            if (listener.memory() != LeftMemory.NONE) {
                return dump.run(listener);
            }
            try (CompletedImages images = new CompletedImages(listener, request.leaveRunning())) {
                return dump.run(images);
            }
        }
    }
}
