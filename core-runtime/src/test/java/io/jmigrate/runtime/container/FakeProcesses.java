package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Processes that live as long as a test says. */
final class FakeProcesses implements ProcessTable {
    final Set<ProcessRef> living = new HashSet<>();
    final Set<ProcessRef> leading = new HashSet<>();
    final Set<ProcessRef> waiting = new HashSet<>();
    final List<String> signals = new ArrayList<>();

    @Override
    public boolean alive(ProcessRef process) {
        return living.contains(process);
    }

    @Override
    public boolean acts(ProcessRef process) {
        return alive(process);
    }

    @Override
    public boolean isNativeInit(ProcessRef process) {
        return waiting.contains(process);
    }

    @Override
    public Optional<ProcessRef> find(int pid) {
        return living.stream().filter(process -> process.pid() == pid).findFirst();
    }

    @Override
    public boolean leadsPidNamespace(ProcessRef process) {
        return leading.contains(process);
    }

    @Override
    public List<ProcessRef> inPidNamespaceOf(ProcessRef process) {
        return living.stream().sorted(Comparator.comparingInt(ProcessRef::pid)).toList();
    }

    @Override
    public void kill(ProcessRef process, Signal signal) {
        if (!alive(process)) {
            throw new LinuxException("kill", Errno.ESRCH, "process " + process.pid());
        }
        signals.add(signal + " to " + process.pid());
    }
}
