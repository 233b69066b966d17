package io.jmigrate.cli.verb;

import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.Volume;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.criu.CheckpointJob;
import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.request.JobCheckpointRequest;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job. It has no config.json: its images say everything of it, and {@code job.json} among them who it is.
 *
 * @param pid of its first process
 * @param request for an image directory
 * @param logs of what has failed
 */
record ExportedJob(
        int pid,
        CheckpointJob checkpoint,
        boolean leaveRunning,
        Function<Path, JobCheckpointRequest> request,
        KeptLogs logs)
        implements ExportedTree {
    @Override
    public String inSentence() {
        return "job " + pid;
    }

    @Override
    public Optional<FrozenFiles.Reader> files(
            Function<Path, Optional<RootfsBase>> rootfsBase, List<Volume> volumes, Path work) {
        return Optional.empty(); // its files are the host's
    }

    @Override
    public Optional<Path> spec() {
        return Optional.empty();
    }

    @Override
    public Path keptLog() {
        return logs.directory().resolve("job-" + pid + ".log");
    }

    @Override
    public Checkpoint dump(Path images, DumpListener listener) {
        return checkpoint.run(request.apply(images), listener);
    }

    @Override
    public void note(Path images) {
        // all is in the images
    }

    /** When it began nobody has asked. */
    @Override
    public ContainerDescription description(Path images, List<Volume> volumes) {
        JobFile job = JobFile.read(images).orElseThrow();
        return new ContainerDescription(
                Integer.toString(job.pid()),
                job.name(),
                "",
                RUNTIME,
                job.checkpointed(),
                job.checkpointed().truncatedTo(ChronoUnit.SECONDS),
                volumes);
    }
}
