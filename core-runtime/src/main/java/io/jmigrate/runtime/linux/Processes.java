package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Calls on processes. */
public final class Processes {
    private static final Duration LOOK = Duration.ofMillis(5);

    private Processes() {}

    /** The process that has this pid now; empty when there is none. A zombie still is one. */
    public static Optional<ProcessRef> find(int pid) {
        return ProcStat.read(pid).map(stat -> new ProcessRef(pid, stat.startTime()));
    }

    /** Whether this very process still runs; a zombie does not. */
    public static boolean alive(ProcessRef process) {
        return ProcStat.read(process.pid())
                .filter(stat -> stat.startTime() == process.startTime() && !stat.ended())
                .isPresent();
    }

    /** Waits until one has ended, whoever's child it is. @return false if it is there still after the limit */
    public static boolean awaitEnd(ProcessRef process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (alive(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /**
     * Whether its program may still do something: this very process is there and has not begun to end. The first process of a pid
     * namespace may take long to end, as it waits until all others of it are reaped (pid_namespaces(7)).
     */
    public static boolean acts(ProcessRef process) {
        return ProcStat.read(process.pid())
                .filter(stat -> stat.startTime() == process.startTime() && !stat.ended() && !stat.exiting())
                .isPresent();
    }

    /** What the kernel calls the program that it executes; empty when it has ended, or is not ours to look at. */
    public static Optional<String> executable(int pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is the first process of a pid namespace, whose end is that of all the others (pid_namespaces(7)); also if it has
     * ended.
     */
    public static boolean leadsPidNamespace(ProcessRef process) {
        List<Integer> pids =
                ProcStatus.find(process.pid()).map(ProcStatus::namespacePids).orElse(List.of());
        return pids.isEmpty() || pids.getLast() == 1;
    }

    /**
     * The processes that are in the PID namespace of one of them, ascending by pid; those that are not ours to look at are left out.
     */
    public static List<ProcessRef> inPidNamespaceOf(ProcessRef process) {
        Optional<String> namespace = pidNamespace(process.pid());
        String[] pids = Path.of("/proc").toFile().list((_, name) -> name.matches("\\d{1,9}"));
        if (namespace.isEmpty() || pids == null) {
            return List.of();
        }
        return Stream.of(pids)
                .map(Integer::valueOf)
                .sorted()
                .flatMap(pid -> find(pid).stream())
                .filter(found -> pidNamespace(found.pid()).equals(namespace))
                .toList();
    }

    private static Optional<String> pidNamespace(int pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid")).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether this process is in the host's user namespace, where every id is itself (user_namespaces(7)). */
    public static boolean inFirstUserNamespace() {
        try {
            return Files.readString(Path.of("/proc/self/uid_map")).strip().matches("0\\s+0\\s+4294967295");
        } catch (NoSuchFileException e) {
            return true; // a kernel without user namespaces
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/uid_map", e);
        }
    }

    /**
     * Sends a signal to this very process.
     *
     * @throws LinuxException ESRCH if it has ended, also when its pid belongs to another process now
     */
    public static void kill(ProcessRef process, Signal signal) {
        try (Fd pidfd = pidfdOpen(process.pid())) {
            // the descriptor pins the pid, so the comparison can't be overtaken
            if (!alive(process)) {
                throw new LinuxException("kill", Errno.ESRCH, "process " + process.pid());
            }
            SystemCall.PIDFD_SEND_SIGNAL.on("process " + process.pid(), pidfd.number(), signal.number(), 0, 0);
        }
    }

    /** The same where one that has ended needs no signal any more. */
    public static void killIfAlive(ProcessRef process, Signal signal) {
        try {
            kill(process, signal);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ESRCH)) {
                throw e;
            }
        }
    }

    /** Sends a signal to whatever has this pid now (kill(2)). Prefer {@link #kill(ProcessRef, Signal)}. */
    public static void kill(int pid, Signal signal) {
        if (pid <= 0) {
            throw new IllegalArgumentException("not a pid: " + pid);
        }
        SystemCall.KILL.on("process " + pid, pid, signal.number());
    }

    /** A descriptor of a process (pidfd_open(2)): becomes readable when it ends. */
    public static Fd pidfdOpen(int pid) {
        return Fd.of((int) SystemCall.PIDFD_OPEN.on("process " + pid, pid, 0));
    }

    /**
     * Another descriptor of a file that a process has open, under whatever number it has there (pidfd_getfd(2)).
     *
     * @throws LinuxException EBADF if it has no such descriptor, ESRCH if there is no such process
     */
    public static Fd descriptorOf(int pid, int number) {
        try (Fd pidfd = pidfdOpen(pid)) {
            return Fd.of((int) SystemCall.PIDFD_GETFD.on(
                    "descriptor " + number + " of process " + pid, pidfd.number(), number, 0));
        }
    }

    /**
     * Waits until a child of this process ends and reaps it (waitpid(2)).
     *
     * @return the wait status
     */
    public static int waitpid(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
            SystemCall.WAIT4.restarting("process " + pid, pid, status.address(), 0, 0);
            return status.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** The real user id of this process. */
    public static int uid() {
        return (int) SystemCall.GETUID.on("");
    }

    /** The effective user id of this process; 0 is root. */
    public static int effectiveUid() {
        return (int) SystemCall.GETEUID.on("");
    }

    /** The real group id of this process. */
    public static int gid() {
        return (int) SystemCall.GETGID.on("");
    }
}
