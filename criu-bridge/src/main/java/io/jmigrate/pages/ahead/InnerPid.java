package io.jmigrate.pages.ahead;

import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.ProcessRef;
import java.util.List;
import java.util.Optional;

/** The number that a process has in its own pid namespace, by which CRIU's images know it (proc_pid_status(5), NSpid). */
final class InnerPid {
    private InnerPid() {}

    /** @return empty if the process has ended */
    static Optional<ProcessMemory> of(ProcessRef process) {
        return ProcStatus.find(process.pid())
                .map(ProcStatus::namespacePids)
                .filter(pids -> !pids.isEmpty())
                .map(List::getLast)
                .map(ProcessMemory::new);
    }
}
