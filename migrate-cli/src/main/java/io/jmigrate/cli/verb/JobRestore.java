package io.jmigrate.cli.verb;

import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.RestoreJob;
import io.jmigrate.criu.Restored;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.JobRestoreRequest;

/**
 * Brings a job back.
 *
 * @param request which one, from where
 * @param detached whether the command is over when the job runs; else it ends with it
 */
record JobRestore(JobRestoreRequest request, boolean detached) {
    /** @return the job's exit status, or success */
    int run(Session session, CriuBinary criu) {
        Cancellation cancellation = Cancellation.of(session.invocation().signals(), "the restore of the job");
        Restored restored = new RestoreJob(
                        session.invocation().launcher(),
                        criu,
                        session.invocation().distribution().nativeDirectory())
                .run(request, new RestoreProgress(session, cancellation))
                .orElseThrow();
        if (detached) {
            return ExitCode.SUCCESS.status();
        }
        session.invocation().signals().forwardTo(restored.child());
        return restored.child().await().code();
    }
}
