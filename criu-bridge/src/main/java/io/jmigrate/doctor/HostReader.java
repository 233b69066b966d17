package io.jmigrate.doctor;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.doctor.HostFacts.Kernel;
import io.jmigrate.doctor.HostFacts.Room;
import io.jmigrate.doctor.HostFacts.User;
import io.jmigrate.migration.wire.TlsEngine;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcStatus;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads what a host is like. Nothing of it is changed: CRIU is started and asked, and ends.
 *
 * @param launcher starts CRIU
 * @param criu finds it, or fails with CRIU_MISSING
 * @param caller pid of a process that has the rights and the network that CRIU will have
 */
public record HostReader(Launcher launcher, Supplier<CriuBinary> criu, int caller) {
    private static final Path MEMORY = Path.of("/dev/shm");
    /** Where CRIU keeps criu.kdat. */
    private static final Path RUN = Path.of("/run");

    private static final Path PIPES = Path.of("/proc/sys/fs/pipe-max-size");
    /** Is there if systemd is the first process, as sd_booted(3) sees it. */
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    /**
     * @param images where checkpoints go by default, absolute; perhaps not made yet
     * @param service the pid of the warm service, if one runs
     */
    public HostFacts read(Path images, OptionalInt service) {
        return new HostFacts(
                criuFacts(),
                System.getProperty("os.arch"),
                kernel(),
                CgroupLayout.of(MountInfo.ofSelf()),
                user(),
                absentPrograms(),
                List.of(
                        new Room(MEMORY, "migrate puts the images of what arrives", free(MEMORY)),
                        new Room(images, "checkpoint writes if no directory is named", free(existing(images)))),
                isInMemory(RUN),
                TlsEngine.ofThisMachine(),
                service,
                Files.isDirectory(SYSTEMD));
    }

    private CriuFacts criuFacts() {
        try {
            CriuBinary binary = criu.get();
            try (Swrk swrk = Swrk.start(launcher, binary, Optional.empty(), Map.of())) {
                return new CriuFacts.Usable(binary.path(), swrk.version().toString(), swrk.features());
            }
        } catch (Failure e) {
            if (e.code() == CriuCode.CRIU_MISSING || e.code() == CriuCode.CRIU_TOO_OLD) {
                return new CriuFacts.Unusable(e.getMessage());
            }
            throw e;
        }
    }

    private Kernel kernel() {
        return new Kernel(
                System.getProperty("os.version"), // that of uname(2)
                KernelProbe.userfaultfd(),
                KernelProbe.writesNoted(),
                KernelProbe.pagemapScan(),
                Files.exists(Namespaces.path(caller, NamespaceKind.TIME)),
                nftables(),
                pipeBytesMax());
    }

    /** The kernel gives such a number to one read(2) alone, and readString begins with one byte. */
    static long pipeBytesMax() {
        try (BufferedReader reader = Files.newBufferedReader(PIPES)) {
            return Long.parseLong(reader.readLine());
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + PIPES + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Asked for in the caller's network; an ordinary user may not ask. */
    private Optional<Boolean> nftables() {
        try {
            return Optional.of(
                    new FilterTables(new NetworkNamespace(Namespaces.path(caller, NamespaceKind.NETWORK))).known());
        } catch (Failure | LinuxException e) {
            return Optional.empty();
        }
    }

    private User user() {
        Path file = Path.of("/proc/" + caller + "/status");
        try {
            long capabilities = ProcStatus.read(file).mask("CapEff").orElse(0L);
            return new User(Integer.toUnsignedLong(Processes.effectiveUid()), capabilities);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static Set<Program> absentPrograms() {
        return Arrays.stream(Program.values())
                .filter(program -> !isInstalled(program, Swrk.SEARCH_PATH))
                .collect(Collectors.toSet());
    }

    static boolean isInstalled(Program program, List<Path> directories) {
        return directories.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(program.word())));
    }

    private static boolean isInMemory(Path directory) {
        try {
            return Files.getFileStore(directory).type().equals("tmpfs");
        } catch (IOException e) {
            return false; // it is not there
        }
    }

    private static Path existing(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing)) {
            existing = existing.getParent(); // the top of all exists
        }
        return existing;
    }

    static OptionalLong free(Path directory) {
        try {
            return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty(); // it is not there, or its file system does not answer
        }
    }
}
