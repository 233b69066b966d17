package io.jmigrate.cli.verb;

import io.jmigrate.criu.RestoreJob;
import io.jmigrate.criu.Restored;
import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.JobRestoreRequest;

/** Brings a job back. */
final class JobRestore {
    private final Session session;
    private final CriuBinary criu;
    private final CriuConfigFile config;
    private final Cancellation cancellation;

    JobRestore(Session session, CriuBinary criu, CriuConfigFile config) {
        this.session = session;
        this.criu = criu;
        this.config = config;
        this.cancellation = Cancellation.of(session.invocation().signals(), "the restore of the job");
    }

    /** Whether it is to be given up. */
    Cancellation cancellation() {
        return cancellation;
    }

    Restored run(JobRestoreRequest request) {
        return new RestoreJob(
                        session.invocation().launcher(),
                        criu,
                        session.invocation().distribution().nativeDirectory(),
                        config)
                .run(request, new RestoreProgress(session, cancellation))
                .orElseThrow();
    }

    /** The job has the command's signals, and its end is the command's. @return its exit status */
    int await(Restored restored) {
        cancellation.handOver(session.invocation().signals(), restored.child(), restored.root());
        return restored.child().await().code();
    }
}
