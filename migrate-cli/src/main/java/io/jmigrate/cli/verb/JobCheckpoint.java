package io.jmigrate.cli.verb;

import io.jmigrate.criu.CheckpointJob;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.JobCheckpointRequest;

/**
 * Freezes a job into images.
 *
 * @param request which one, to where
 */
record JobCheckpoint(JobCheckpointRequest request) {
    void run(Session session, CriuBinary criu) {
        Cancellation cancellation = Cancellation.of(
                session.invocation().signals(),
                "the checkpoint of job " + request.pid() + ", which goes on as it was,");
        new CheckpointJob(session.invocation().launcher(), criu, Jobs.rules(session))
                .run(request, new CancellableDump(cancellation, request.leaveRunning(), _ -> {}));
    }
}
