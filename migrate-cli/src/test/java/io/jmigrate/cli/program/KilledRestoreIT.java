package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.node.fixture.Victim;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore whose command is killed in one of its phases: the container has all of its memory, or does not run. */
@Timeout(120)
class KilledRestoreIT {
    private static final String ID = Busybox.newId();
    private static final long LOOK_NANOS = 100_000; // whoever is waited for needs the processor

    @TempDir
    private static Path directory;

    private static InstalledProgram program;
    private static Path bundle;
    private static Path archive;
    private static MemoryReport report;
    private static Path log;
    private static Path pid;

    enum Phase {
        /** CRIU has made the first process. */
        FORKED,
        /** The container runs, and its memory arrives. */
        RUNNING
    }

    @BeforeAll
    static void dump() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served().with("TMPDIR", directory.toString());
        archive = directory.resolve("memory.tar.zst");
        log = directory.resolve("restore.log");
        pid = directory.resolve("pid");
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "96"));
        assertSucceeds("run", "--detach", "--bundle", bundle.toString(), ID);
        report = MemoryReport.of(bundle);
        report.awaitFirst();
        assertSucceeds("checkpoint", "--export", archive.toString(), ID);
    }

    @AfterAll
    static void close() {
        program.close();
    }

    private static void assertSucceeds(String... words) {
        assertThat(program.run(words).err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA, FORKED, --lazy-pages",
        "JAVA, RUNNING, --lazy-pages",
        "FRONT, RUNNING, --lazy-pages",
        "ALL, FORKED, --lazy-pages",
        "ALL, FORKED, --eager"
    })
    void theContainerHasItsMemoryOrDoesNotRun(Victim victim, Phase phase, String memory) throws IOException {
        Files.deleteIfExists(pid);
        Files.deleteIfExists(log);
        Process restore = program.alone()
                .start(
                        "restore",
                        "--detach",
                        memory,
                        "--bundle",
                        bundle.toString(),
                        "--import",
                        archive.toString(),
                        "--work-path",
                        directory.toString(),
                        "--pid-file",
                        pid.toString(),
                        ID);
        awaitPhase(restore, phase == Phase.FORKED ? KilledRestoreIT::hasForked : () -> Files.exists(pid));
        List<ProcessHandle> helpers = helpers(restore);
        kill(restore, victim, helpers);
        assertThat(InstalledProgram.status(restore, "restore")).isNotZero();

        program.served();
        await().until(() -> helpers.stream().noneMatch(ProcessHandle::isAlive));
        long before = report.ticks();
        if (program.run("state", ID).out().contains("\"running\"")) {
            await().until(() -> report.ticks() > before + 20);
        }
        assertThat(said(restore)).as("no page was ever wrong").doesNotContain("damaged");
        assertSucceeds("delete", "--force", ID);
        assertThat(Podman.cgroups(ID + "-")).isEmpty();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    }

    private static void awaitPhase(Process restore, BooleanSupplier phase) {
        while (restore.isAlive() && !phase.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean hasForked() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1).contains("Forking task with 1 pid");
        } catch (IOException e) {
            return false; // CRIU has not begun
        }
    }

    /** CRIU and who brings memory. */
    private static List<ProcessHandle> helpers(Process restore) {
        return restore.descendants()
                .filter(process -> process.info().command().orElse("").matches(".*/(jmigrate-fill|ld-linux[^/]*|criu)"))
                .toList();
    }

    private static void kill(Process restore, Victim victim, List<ProcessHandle> helpers) {
        Stream<ProcessHandle> victims =
                switch (victim) {
                    case FRONT -> Stream.of(restore.toHandle());
                    case JAVA -> java(restore);
                    case ALL ->
                        Stream.of(Stream.of(restore.toHandle()), java(restore), criu(helpers))
                                .flatMap(each -> each);
                };
        List<ProcessRef> alive = victims.map(process -> Processes.find((int) process.pid()))
                .flatMap(Optional::stream)
                .toList();
        // stopped first, so that none sees another one's end; what CRIU starts for a moment may have ended by then
        alive.forEach(process -> Processes.killIfAlive(process, Signal.STOP));
        alive.forEach(process -> Processes.killIfAlive(process, Signal.KILL));
    }

    private static Stream<ProcessHandle> java(Process restore) {
        return restore.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"));
    }

    private static Stream<ProcessHandle> criu(List<ProcessHandle> helpers) {
        return helpers.stream()
                .filter(helper -> !helper.info().command().orElse("").endsWith("fill"));
    }

    /** So far: a container that runs holds the other end. */
    private static String said(Process restore) throws IOException {
        InputStream errors = restore.getErrorStream();
        return new String(errors.readNBytes(errors.available()));
    }
}
