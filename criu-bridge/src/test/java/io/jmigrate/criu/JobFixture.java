package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.configfile.CriuConfigFile;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobRules;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.JobCheckpointRequest;
import io.jmigrate.criu.request.JobRestoreRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.pages.server.Giving;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Real jobs for tests, which end with the test. */
final class JobFixture implements AutoCloseable {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "../native/target"));
    private static final JobRules RULES =
            new JobRules((int) ProcessHandle.current().pid(), _ -> Optional.empty());
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final FrontConnection launcher = Launchers.openSubreaper(NATIVE.resolve("jmigrate"));
    private final CriuBinary criu;
    private final List<Job> jobs = new ArrayList<>();

    private JobFixture(CriuBinary criu) {
        this.criu = criu;
    }

    /** Skips the test where jobs can't be dumped. */
    static JobFixture open() {
        assumeTrue(Processes.effectiveUid() == 0, "CRIU needs root");
        assumeTrue(Files.isExecutable(NATIVE.resolve("jmigrate")), "the native programs are not built");
        return new JobFixture(ContainerFixture.installedCriu());
    }

    FrontConnection launcher() {
        return launcher;
    }

    /** Starts one that leads a session. */
    Job start(Path directory, StandardStreams streams, String... command) {
        Launch launch = Launch.of(Path.of("env"), command)
                .withEnv(List.of("PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin"))
                .withCwd(directory)
                .withDescriptors(streams.byNumber())
                .inNewSession();
        return known(Processes.find(launcher.launch(launch).pid()).orElseThrow());
    }

    private Job known(ProcessRef root) {
        Job job = new Job(root, OptionalInt.empty(), "job");
        jobs.add(job);
        return job;
    }

    CheckpointJob checkpoint() {
        return new CheckpointJob(launcher, criu, RULES, CriuConfigFile.NONE);
    }

    /** Dumps it, and waits until its pids are free if it ends. */
    void checkpoint(Job job, Path images, boolean leaveRunning) {
        List<Integer> pids = job.pids();
        DumpVerdict verdict = leaveRunning ? DumpVerdict.THAW : DumpVerdict.KILL;
        checkpoint().run(request(job, images, leaveRunning), _ -> verdict);
        if (!leaveRunning) {
            await().atMost(LIMIT).until(() -> pids.stream().noneMatch(JobFixture::isThere));
        }
    }

    /** Dumps it without its memory, and ends it if that was given away. @param giving what becomes of the memory */
    Giving dump(Job job, Path images, Function<FrozenTree, Giving> giving) {
        AtomicReference<Giving> given = new AtomicReference<>();
        checkpoint().run(request(job, images, false), new DumpListener() {
            @Override
            public LeftMemory memory() {
                return LeftMemory.ALL;
            }

            @Override
            public DumpVerdict frozen(FrozenTree tree) {
                given.set(giving.apply(tree));
                return given.get() instanceof Giving.Complete ? DumpVerdict.KILL : DumpVerdict.THAW;
            }
        });
        return given.get();
    }

    static JobCheckpointRequest request(Job job, Path images, boolean leaveRunning) {
        return new JobCheckpointRequest(
                job.root().pid(), images, Optional.empty(), leaveRunning, TreeOptions.NONE, DumpTerms.NONE);
    }

    Restored restore(Path images, StandardStreams streams) {
        return restore(images, streams, false);
    }

    Restored restore(Path images, StandardStreams streams, boolean newPids) {
        JobRestoreRequest request = new JobRestoreRequest(
                images,
                Optional.empty(),
                TreeOptions.NONE,
                RestoreTerms.NONE,
                streams,
                MemoryMode.AUTOMATIC,
                Optional.empty(),
                newPids,
                Optional.empty());
        return restore(request);
    }

    Restored restore(JobRestoreRequest request) {
        Restored restored = new RestoreJob(launcher, criu, NATIVE, CriuConfigFile.NONE)
                .run(request, _ -> RestoreVerdict.RESUME)
                .orElseThrow();
        known(restored.root());
        return restored;
    }

    /** The job of a process, as users name it. */
    Job job(ProcessRef root) {
        return RULES.job(root.pid());
    }

    private static boolean isThere(int pid) {
        return Files.exists(Path.of("/proc/" + pid));
    }

    static void awaitMore(Path numbers) {
        long before = ContainerFixture.lines(numbers);
        await().atMost(LIMIT).until(() -> ContainerFixture.lines(numbers) > before + 2);
    }

    static void assertNoneLost(Path file) {
        List<Integer> numbers = ContainerFixture.numbers(file);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).as("no number is lost or repeated").isEqualTo(i + 1);
        }
    }

    @Override
    public void close() {
        List<ProcessRef> left = jobs.stream()
                .flatMap(job -> job.pids().stream())
                .flatMap(pid -> Processes.find(pid).stream())
                .toList();
        left.forEach(process -> Processes.killIfAlive(process, Signal.KILL));
        launcher.close();
    }
}
