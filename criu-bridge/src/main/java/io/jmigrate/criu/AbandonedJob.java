package io.jmigrate.criu;

import io.jmigrate.criu.job.Job;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.util.Optional;

/**
 * What a CRIU that was killed while it dumped a job has left of it: sockets in repair mode, and its {@link ConnectionTable}. The job runs.
 *
 * @param run of that CRIU; absent: nobody knows
 */
record AbandonedJob(Job job, Optional<String> run) {
    /**
     * Puts it right, so that its connections go on; harmless if there is nothing. That CRIU must have ended.
     *
     * @throws io.jmigrate.runtime.failure.Failure DUMP_FAILED, IO
     */
    void undo() {
        AbandonedDump.endRepair(job.pids());
        unlock();
    }

    /** Deletes the table. One that has ended has no connections that it could keep from going on. */
    void unlock() {
        if (Processes.alive(job.root())) {
            NetworkNamespace network =
                    new NetworkNamespace(Namespaces.path(job.root().pid(), NamespaceKind.NETWORK));
            run.map(known -> new ConnectionTable(network, known)).ifPresent(ConnectionTable::delete);
        }
    }
}
