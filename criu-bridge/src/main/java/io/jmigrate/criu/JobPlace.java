package io.jmigrate.criu;

import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.job.OwnPids;
import io.jmigrate.runtime.container.PidFile;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where CRIU is, a job comes to.
 *
 * @param job as it was at the dump
 * @param outer pid of the process that holds the pid namespace which was made for it, if one was
 * @param connections that are locked
 * @param memory how it comes
 * @param pidFile where the pid of its first process is written
 */
record JobPlace(
        JobFile job, OptionalInt outer, LockedConnections connections, MemoryArrival memory, Optional<Path> pidFile)
        implements RestorePlace {
    @Override
    public String inSentence() {
        return job.inSentence();
    }

    @Override
    public Optional<ProcessRef> find(int root) {
        OptionalInt pid = outer.isPresent() ? OwnPids.find(outer.getAsInt(), root) : OptionalInt.of(root);
        return pid.stream().mapToObj(Processes::find).flatMap(Optional::stream).findFirst();
    }

    @Override
    public void complete(ProcessRef root) {
        PidFile.write(pidFile, root);
        connections.unlock();
    }
}
