package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.Port;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.SecurityModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a container that runs here needs besides what its config says; what ends meanwhile needs nothing. */
final class NeedsReader {
    private static final Path PROC = Path.of("/proc");
    /** So that an offer stays a message; a container with more of them meets a taken one among the first. */
    private static final int PIDS_MAX = 10_000;

    private static final int PORTS_MAX = 1_000;

    private NeedsReader() {}

    /** @param pids of its processes */
    static ContainerNeeds of(List<Integer> pids) {
        return new ContainerNeeds(
                labels(pids),
                sharing(pids, NamespaceKind.NETWORK) ? ports(pids) : List.of(),
                sharing(pids, NamespaceKind.PID) ? threads(pids) : List.of(),
                monotonicMillis(),
                pids.stream().flatMap(pid -> ProcStatus.find(pid).stream()).anyMatch(NeedsReader::hasShadowStack));
    }

    /**
     * The same of one whose memory arrives: who brings that is in its cgroup, too, but not in its PID namespace. It has one of its own, else
     * its memory would have come before it ran.
     */
    static ContainerNeeds ofArriving(List<Integer> pids) {
        return of(pids.stream()
                .filter(pid -> !sharing(List.of(pid), NamespaceKind.PID))
                .toList());
    }

    /** The monotonic clock: the JVM's own is that (os_posix.cpp, javaTimeNanos). */
    static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** For example {@code x86_Thread_features: shstk wrss} (Documentation/arch/x86/shstk.rst). */
    static boolean hasShadowStack(ProcStatus status) {
        return status.field("x86_Thread_features")
                .filter(features -> List.of(features.split("\\s+")).contains("shstk"))
                .isPresent();
    }

    private static Set<SecurityModule> labels(List<Integer> pids) {
        Set<SecurityModule> enabled = KernelFacts.securityModules();
        if (enabled.isEmpty() || pids.stream().noneMatch(NeedsReader::hasLabel)) {
            return Set.of();
        }
        return EnumSet.copyOf(enabled);
    }

    /** Whether its label confines it (proc_pid_attr(5), {@code current}). */
    private static boolean hasLabel(int pid) {
        try {
            return isConfining(Files.readString(PROC.resolve(pid + "/attr/current")));
        } catch (IOException e) {
            return false;
        }
    }

    /** @param label as the kernel writes it, perhaps with a line's end or a NUL after it */
    static boolean isConfining(String label) {
        String text = label.replace("\0", "").strip();
        return !text.isEmpty() && !text.equals("unconfined") && !text.equals("kernel");
    }

    /** Whether any of them lives in the namespace of this program. */
    private static boolean sharing(List<Integer> pids, NamespaceKind kind) {
        long own = Namespaces.ownInode(kind);
        return pids.stream().anyMatch(pid -> {
            try {
                return Namespaces.inode(pid, kind) == own;
            } catch (LinuxException | UncheckedIOException e) {
                return false;
            }
        });
    }

    private static List<Port> ports(List<Integer> pids) {
        Set<Long> sockets = pids.stream().flatMap(pid -> sockets(pid).stream()).collect(Collectors.toSet());
        return HostPorts.of(sockets::contains).stream().limit(PORTS_MAX).toList();
    }

    /** Inodes of the sockets that a process has open (proc_pid_fd(5)). */
    private static List<Long> sockets(int pid) {
        return names(PROC.resolve(pid + "/fd")).stream()
                .map(number -> target(PROC.resolve(pid + "/fd").resolve(number)))
                .filter(target -> target.startsWith("socket:["))
                .map(target -> Long.valueOf(target.substring("socket:[".length(), target.length() - 1)))
                .toList();
    }

    private static List<Integer> threads(List<Integer> pids) {
        return pids.stream()
                .flatMap(pid -> names(PROC.resolve(pid + "/task")).stream())
                .map(Integer::valueOf)
                .limit(PIDS_MAX)
                .toList();
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // it has ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // it has been closed
        }
    }
}
