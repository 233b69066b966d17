package io.jmigrate.cli.verb;

import io.jmigrate.criu.job.JobRules;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import java.util.Optional;

/** Which trees of processes are jobs. */
final class Jobs {
    private Jobs() {}

    static JobRules rules(Session session) {
        Containers containers = session.containers();
        return new JobRules(session.invocation().callerPid(), pid -> containerOf(containers, pid));
    }

    private static Optional<String> containerOf(Containers containers, int pid) {
        return containers.list().list().containers().stream()
                .map(ContainerRecord::id)
                .filter(id -> containers.ps().pids(id).contains(pid))
                .map(id -> id.value())
                .findFirst();
    }
}
