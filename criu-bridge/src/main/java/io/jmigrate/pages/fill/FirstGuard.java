package io.jmigrate.pages.fill;

import io.jmigrate.runtime.cgroup.FreedProcess;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.util.Optional;

/**
 * Who guards memory from the beginning, in the container's cgroups; another one may take its place.
 *
 * @param process empty if it has ended already
 */
record FirstGuard(Optional<ProcessRef> process) {
    static FirstGuard of(Child program) {
        return new FirstGuard(Processes.find(program.pid()));
    }

    /** All memory is there: it is to end now, also if the container is frozen and it with that. */
    void free() {
        try {
            process.ifPresent(FreedProcess::of);
        } catch (Failure e) { // it ends when the container is thawed
            System.getLogger(FirstGuard.class.getName())
                    .log(System.Logger.Level.WARNING, "who guards memory stays in the container's cgroup", e);
        }
    }
}
