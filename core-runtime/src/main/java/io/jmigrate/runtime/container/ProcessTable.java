package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.util.List;
import java.util.Optional;

/** The processes of the host, as far as the lifecycle needs them. */
interface ProcessTable {
    /** The sealed copy that the native init executes ({@code native/init/protect.c}). */
    String NATIVE_INIT = "/memfd:jmigrate-init (deleted)";

    /** Whether this very process runs; a zombie doesn't. */
    boolean alive(ProcessRef process);

    /** Whether it runs and has not begun to end. */
    boolean acts(ProcessRef process);

    /** Whether it still is the native init, and no program of a container yet. */
    boolean isNativeInit(ProcessRef process);

    /** The process that has a pid now. */
    Optional<ProcessRef> find(int pid);

    /** Whether its end is that of all processes of its pid namespace. */
    boolean leadsPidNamespace(ProcessRef process);

    /** The processes of the PID namespace that a process is in, ascending by pid. */
    List<ProcessRef> inPidNamespaceOf(ProcessRef process);

    /** @throws LinuxException ESRCH if this very process is gone */
    void kill(ProcessRef process, Signal signal);

    /** The kernel's. */
    static ProcessTable ofHost() {
        return new ProcessTable() {
            @Override
            public boolean alive(ProcessRef process) {
                return Processes.alive(process);
            }

            @Override
            public boolean acts(ProcessRef process) {
                return Processes.acts(process);
            }

            @Override
            public boolean isNativeInit(ProcessRef process) {
                return Processes.executable(process.pid())
                        .filter(NATIVE_INIT::equals)
                        .isPresent();
            }

            @Override
            public Optional<ProcessRef> find(int pid) {
                return Processes.find(pid);
            }

            @Override
            public boolean leadsPidNamespace(ProcessRef process) {
                return Processes.leadsPidNamespace(process);
            }

            @Override
            public List<ProcessRef> inPidNamespaceOf(ProcessRef process) {
                return Processes.inPidNamespaceOf(process);
            }

            @Override
            public void kill(ProcessRef process, Signal signal) {
                Processes.kill(process, signal);
            }
        };
    }
}
