package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.job.JobRules;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.Optional;

/** Which trees of processes are jobs. */
final class Jobs {
    private Jobs() {}

    static JobRules rules(Session session) {
        Containers containers = session.containers();
        return new JobRules(session.invocation().callerPid(), pid -> containerOf(containers, pid));
    }

    /**
     * For a command that makes containers.
     *
     * @param holder the command and what it has found the job in
     * @param hint ends the sentence
     * @throws Failure USAGE if there is a job
     */
    static void refuse(String holder, Optional<JobFile> found, String hint) {
        found.ifPresent(job -> {
            throw Failure.of(OptionCode.USAGE, holder + " holds " + job.inSentence() + hint);
        });
    }

    private static Optional<String> containerOf(Containers containers, int pid) {
        return containers.list().list().containers().stream()
                .map(ContainerRecord::id)
                .filter(id -> holds(containers, id, pid))
                .map(id -> id.value())
                .findFirst();
    }

    private static boolean holds(Containers containers, ContainerId id, int pid) {
        try {
            return containers.ps().pids(id).contains(pid);
        } catch (Failure e) {
            if (e.code() == RuntimeCode.NOT_FOUND) {
                return false; // it was deleted meanwhile
            }
            throw e;
        }
    }
}
