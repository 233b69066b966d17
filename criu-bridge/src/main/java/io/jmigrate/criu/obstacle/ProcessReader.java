package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads what {@code /proc} says of processes (proc(5)). */
final class ProcessReader {
    private static final int SAVED_IDS = 3; // real, effective, saved; then that of the file system

    private ProcessReader() {}

    /**
     * Empty if it has ended meanwhile.
     *
     * @param mappings of the processes before
     */
    static Optional<TreeProcess> read(int pid, MappingReader mappings) {
        Optional<ProcStat> stat = ProcStat.read(pid);
        try {
            OptionalInt thread = stat.isPresent() ? livingThread(pid, stat.get()) : OptionalInt.empty();
            return thread.isPresent() ? read(pid, stat.get(), thread.getAsInt(), mappings) : Optional.empty();
        } catch (IOException | LinuxException e) {
            return Optional.empty(); // ENOENT or ESRCH: it ended while it was looked at
        }
    }

    /** One that has begun to end has lost some of it already, and what was read of it tells of no process. */
    private static Optional<TreeProcess> read(int pid, ProcStat stat, int thread, MappingReader mappings)
            throws IOException {
        ProcStatus status = ProcStatus.read(Path.of("/proc/" + pid + "/status"));
        Map<NamespaceKind, Long> namespaces = namespaces(thread);
        List<OpenFile> files = files(thread);
        ProcessParts parts = PartsReader.read(thread, files, mappings);
        return ProcStat.read(thread)
                .filter(now -> !now.ended() && !now.exiting())
                .map(_ -> new TreeProcess(
                        pid,
                        status.field("Name").orElse(""),
                        stat.parent(),
                        stat.stopped(),
                        stat.ended(),
                        tracer(status),
                        Stream.of("Uid", "Gid")
                                .flatMap(name -> ids(status, name))
                                .toList(),
                        namespaces,
                        files,
                        parts));
    }

    /** One that still has what its process has: the first, unless that has ended, which leaves it behind as a zombie. */
    private static OptionalInt livingThread(int pid, ProcStat stat) throws IOException {
        if (!stat.ended()) {
            return OptionalInt.of(pid);
        }
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToInt(path -> Integer.parseInt(path.getFileName().toString()))
                    .filter(thread ->
                            ProcStat.read(thread).filter(s -> !s.ended()).isPresent())
                    .findFirst();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether this process has a capability, effective. */
    static boolean ownCapability(Capability capability) {
        try {
            ProcStatus status = ProcStatus.read(Path.of("/proc/self/status"));
            return (status.mask("CapEff").orElseThrow() & capability.bit()) != 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/status", e);
        }
    }

    private static Stream<Integer> ids(ProcStatus status, String name) {
        return Stream.of(status.field(name).orElse("").split("\\s+"))
                .limit(SAVED_IDS)
                .map(Integer::parseUnsignedInt);
    }

    private static OptionalInt tracer(ProcStatus status) {
        int pid = Integer.parseInt(status.field("TracerPid").orElse("0"));
        return pid == 0 ? OptionalInt.empty() : OptionalInt.of(pid);
    }

    private static Map<NamespaceKind, Long> namespaces(int pid) {
        Map<NamespaceKind, Long> inodes = new EnumMap<>(NamespaceKind.class);
        for (NamespaceKind kind : NamespaceChecks.LOOKED_AT) {
            if (Files.exists(Namespaces.path(pid, kind))) { // those of older kernels are fewer
                inodes.put(kind, Namespaces.inode(pid, kind));
            }
        }
        return inodes;
    }

    private static List<OpenFile> files(int pid) throws IOException {
        List<OpenFile> files = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                OpenFile.read(pid, Integer.parseInt(descriptor.getFileName().toString()))
                        .ifPresent(files::add);
            }
        }
        files.sort(Comparator.comparingInt(OpenFile::number));
        return files;
    }
}
