package io.jmigrate.cli.verb;

import io.jmigrate.criu.CheckpointJob;
import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.JobCheckpointRequest;
import io.jmigrate.criu.request.TreeOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Freezes a job into images or an archive.
 *
 * @param pid of its first process
 * @param work where CRIU's log goes, if not to the images
 * @param config CRIU's configuration file
 */
record JobCheckpoint(
        Session session,
        CriuBinary criu,
        int pid,
        Optional<Path> work,
        boolean leaveRunning,
        TreeOptions options,
        CriuConfigFile config) {
    void toDirectory(Path directory, DumpTerms terms) {
        checkpoint().run(request(directory, terms), new CancellableDump(cancellation(), leaveRunning, _ -> {}));
    }

    void toFile(CheckpointFile file, DumpTerms terms) {
        ExportedTree exported = new ExportedJob(
                pid, checkpoint(), leaveRunning, directory -> request(directory, terms), KeptLogs.of(session));
        file.export(session, exported, cancellation());
    }

    private CheckpointJob checkpoint() {
        return new CheckpointJob(session.invocation().launcher(), criu, Jobs.rules(session), config)
                .withHeir((job, run) -> session.heir(
                        "resume",
                        "--" + ResumeVerb.ABANDONED,
                        "--pid",
                        job.toString(),
                        "--" + ResumeVerb.CRIU_RUN,
                        run));
    }

    private JobCheckpointRequest request(Path directory, DumpTerms terms) {
        return new JobCheckpointRequest(pid, directory, work, leaveRunning, options, terms);
    }

    private Cancellation cancellation() {
        return Cancellation.of(
                session.invocation().signals(), "the checkpoint of job " + pid + ", which goes on as it was,");
    }
}
