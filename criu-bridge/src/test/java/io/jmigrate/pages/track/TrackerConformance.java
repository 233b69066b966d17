package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.HugePages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Processes;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every tracker has to do: after the last round, over processes that stand still, nothing differs. */
@Timeout(120)
abstract class TrackerConformance {
    static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "../native/target"));
    private static final int ROUNDS = 8;
    private static final int HUGE_PAGES = 4; // turmoil.c
    private static final String CHURN = """
            class Churn {
                public static void main(String[] args) {
                    System.out.println("ready");
                    for (var kept = new byte[64][]; ; ) {
                        kept[(int) (Math.random() * kept.length)] = new byte[(int) (Math.random() * 1_000_000)];
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    FrontConnection launcher;
    DirtyTracker tracker;

    abstract DirtyTracker open();

    @BeforeEach
    void start() {
        assumeTrue(Processes.effectiveUid() == 0, "memory of other processes needs root");
        assumeTrue(Files.isExecutable(NATIVE.resolve("jmigrate")), "the native programs are not built");
        launcher = Launchers.openSubreaper(NATIVE.resolve("jmigrate"));
        tracker = open();
    }

    @AfterEach
    void stop() {
        try {
            if (tracker != null) {
                tracker.close();
            }
        } finally {
            if (launcher != null) {
                launcher.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingDiffersWhateverIsDoneToMemory(long seed) throws Exception {
        try (Workload turmoil = turmoil(seed)) {
            Rounds rounds = new Rounds(tracker, turmoil);
            run(rounds);
            turmoil.assertRuns();
            turmoil.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).as("with the seed " + seed).isEmpty();
        }
    }

    @Test
    void nothingDiffersThatWasNotNamedAtLast() throws Exception {
        try (Workload turmoil = turmoil(6)) {
            Rounds rounds = new Rounds(tracker, turmoil);
            run(rounds);
            turmoil.freeze();
            rounds.lastRoundByName();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    /** That the comparison finds what it is to find. */
    @Test
    void aTrackerThatLeavesAPageOutIsFound() throws Exception {
        try (Workload turmoil = turmoil(5)) {
            Rounds rounds = new Rounds(tracker, turmoil, Forgetful::new);
            run(rounds);
            turmoil.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isNotEmpty();
        }
    }

    /** Leaves out the first page of every run. */
    private record Forgetful(PageSink sink) implements PageSink {
        @Override
        public void open(PageTarget target) {
            sink.open(target);
        }

        @Override
        public void pages(PageRun run, ByteBuffer data) {
            data.position(data.position() + PageRun.PAGE_BYTES);
            if (run.pages() > 1) {
                long rest = run.address() + PageRun.PAGE_BYTES;
                sink.pages(new PageRun(run.target(), rest, run.pages() - 1, run.content()), data);
            }
        }

        @Override
        public void hole(PageRun run) {
            sink.hole(run);
        }

        @Override
        public void finish() {
            sink.finish();
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    final Workload turmoil(long seed) throws Exception {
        return Workload.start(Workload.compiled("turmoil"), seed, directory);
    }

    private static void run(Rounds rounds) {
        for (int round = 0; round < ROUNDS; round++) {
            rounds.round();
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
        }
    }

    @Test
    void whatIsNotWrittenIsNotHandedOverAgain() throws Exception {
        try (Workload quiet = Workload.start("sleep", "1000")) {
            Rounds rounds = new Rounds(tracker, quiet);
            await().atMost(Workload.LIMIT).until(() -> rounds.round() == 0);

            assertThat(rounds.round()).isZero();
            assertThat(quiet.process().waitFor(10, TimeUnit.MILLISECONDS))
                    .as("it has ended")
                    .isFalse();
        }
    }

    @Test
    void aProcessThatExecutesAnotherProgramIsHandedOverAnew() throws Exception {
        try (Workload shell = Workload.start("sh", "-c", "read line; exec sleep 1000")) {
            Rounds rounds = new Rounds(tracker, shell);
            rounds.round();
            shell.process().outputWriter().append('\n').flush();
            await().atMost(Workload.LIMIT).until(() -> Files.readString(
                            Path.of("/proc/" + shell.root().pid() + "/cmdline"))
                    .startsWith("sleep"));
            rounds.round();
            shell.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    @Test
    void processesThatComeAndGoAllTheTimeAreNoTrouble() throws Exception {
        try (Workload forks = Workload.start("sh", "-c", "while :; do (:) & (:) & wait; done")) {
            Rounds rounds = new Rounds(tracker, forks);
            for (int round = 0; round < 10 * ROUNDS; round++) {
                rounds.round();
            }
            forks.assertRuns();
            forks.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    /** Those that a host has set aside (hugetlbpage.rst). */
    @Test
    void hugePagesAreFollowed() throws Exception {
        Path program = Workload.compiled("turmoil");
        try (HugePages _ = HugePages.take(HUGE_PAGES);
                Workload huge = Workload.start(program, 11, directory, "huge")) {
            assertThat(huge.process().inputReader().readLine()).isEqualTo("huge");
            Rounds rounds = new Rounds(tracker, huge);
            run(rounds);
            huge.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    @Test
    void aJvmIsFollowed() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path source = Files.writeString(directory.resolve("Churn.java"), CHURN);
        try (Workload jvm = Workload.start(java, "-Xmx128m", "-XX:-UsePerfData", source)) {
            assertThat(jvm.process().inputReader().readLine()).isEqualTo("ready");
            Rounds rounds = new Rounds(tracker, jvm);
            run(rounds);
            jvm.assertRuns();
            jvm.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    @Test
    void aProcessThatHasEndedHasNothing() throws Exception {
        Workload ended = Workload.start("sleep", "1000");
        Rounds rounds = new Rounds(tracker, ended);
        var root = ended.root();
        rounds.round();
        ended.close();

        assertThat(tracker.changed(root, new PageTarget.ProcessMemory(root.pid()), new SparseStore()))
                .isZero();
    }
}
