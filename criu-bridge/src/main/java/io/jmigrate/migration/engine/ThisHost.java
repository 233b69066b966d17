package io.jmigrate.migration.engine;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.feature.CriuFeatures;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What is true of this host and of this process. */
final class ThisHost {
    static final Path MEMORY = Path.of("/dev/shm");

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private ThisHost() {}

    static HostFacts facts(MigrationHost host) {
        return new HostFacts(
                System.getProperty("os.arch"),
                KernelFacts.cpuFeatures(),
                criu(host),
                new HostFacts.Kernel(
                        KernelFacts.release(),
                        KernelFacts.features(),
                        KernelFacts.cgroupMode(),
                        KernelFacts.controllers(),
                        KernelFacts.securityModules()));
    }

    private static HostFacts.Criu criu(MigrationHost host) {
        CriuBinary program;
        try {
            program = host.criu();
        } catch (Failure e) {
            if (e.code() != CriuCode.CRIU_MISSING) {
                throw e;
            }
            return HostFacts.Criu.NONE;
        }
        try (Swrk swrk = Swrk.start(host.launcher(), program, Optional.empty(), Map.of())) {
            String version = swrk.version().toString();
            boolean lazyPages = swrk.features().filter(CriuFeatures::lazyPages).isPresent();
            return new HostFacts.Criu(version, lazyPages);
        }
    }

    /** Which run of its kernel this is (random(4)). @throws Failure IO */
    static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read " + BOOT + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    static ProcessRef process() {
        return Processes.find((int) ProcessHandle.current().pid()).orElseThrow();
    }

    /** A directory in memory: an image directory holds all memory of a container and is needed for moments. */
    static Path imageDirectory(MigrationId id) {
        return MEMORY.resolve("jmigrate-" + id);
    }
}
