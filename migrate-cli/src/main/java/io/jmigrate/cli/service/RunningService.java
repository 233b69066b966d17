package io.jmigrate.cli.service;

import io.jmigrate.cli.invocation.Distribution;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service as other processes see it.
 *
 * @param java the process that listens
 * @param front its parent, which hands signals on to it; empty when that was killed: the service is ending then
 */
public record RunningService(ProcessRef java, Optional<ProcessRef> front) {
    /** The service whose Java process has this pid; empty when it is gone, or is no Java of a tree. */
    static Optional<RunningService> ofJava(int pid) {
        return ProcStat.read(pid)
                .filter(_ -> isJava(pid))
                .map(stat -> new RunningService(new ProcessRef(pid, stat.startTime()), front(pid, stat.parent())));
    }

    private static boolean isJava(int pid) {
        try {
            return Distribution.ofJava(pid).java().toRealPath().equals(executable(pid));
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    /** The parent, if it runs the front of Java's own tree; an orphan's parent is a stranger. */
    private static Optional<ProcessRef> front(int java, int parent) {
        try {
            Path front = Distribution.ofJava(java).front();
            return executable(parent).equals(front.toRealPath()) ? Processes.find(parent) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // one of them is gone
        }
    }

    private static Path executable(int pid) throws IOException {
        return Path.of("/proc/" + pid + "/exe").toRealPath();
    }

    /** The process to be named to people, and to be signalled. */
    public ProcessRef process() {
        return front.orElse(java);
    }

    /**
     * Tells it to end, and waits until it has run its last command and is gone.
     *
     * @return false if it still runs commands after the time; it ends when they have
     */
    public boolean end(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Fd> processes = new ArrayList<>();
        try {
            for (ProcessRef process : front.map(f -> List.of(f, java)).orElse(List.of(java))) {
                handle(process).ifPresent(processes::add);
            }
            front.ifPresent(RunningService::terminate);
            while (!processes.isEmpty() && System.nanoTime() < deadline) {
                Readiness.await(processes, Duration.ofNanos(deadline - System.nanoTime()))
                        .forEach(ended -> {
                            processes.remove(ended);
                            ended.close();
                        });
            }
            return processes.isEmpty();
        } finally {
            processes.forEach(Fd::close);
        }
    }

    private static void terminate(ProcessRef process) {
        try {
            Processes.kill(process, Signal.TERM);
        } catch (LinuxException e) {
            unlessEnded(e);
        }
    }

    private static Optional<Fd> handle(ProcessRef process) {
        try {
            Fd handle = Processes.pidfdOpen(process.pid());
            if (Processes.alive(process)) {
                return Optional.of(handle);
            }
            handle.close();
        } catch (LinuxException e) {
            unlessEnded(e);
        }
        return Optional.empty();
    }

    private static void unlessEnded(LinuxException e) {
        if (!e.errno().equals(Errno.ESRCH)) {
            throw e;
        }
    }
}
