package io.jmigrate.criu.request;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A job to dump into an image directory.
 *
 * @param pid of its first process
 * @param imageDirectory made if it is missing; must hold no images
 * @param workDirectory where the log and the statistics go; absent: the image directory
 * @param leaveRunning whether the job runs on afterwards
 * @param options what becomes of its connections
 * @param terms how it goes if not in the usual way
 */
public record JobCheckpointRequest(
        int pid,
        Path imageDirectory,
        Optional<Path> workDirectory,
        boolean leaveRunning,
        TreeOptions options,
        DumpTerms terms)
        implements TreeCheckpoint {
    public JobCheckpointRequest {
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
    }
}
