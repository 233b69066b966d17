package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.live.MemoryScope;
import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The suite, and which processes are followed by what the kernel notes. */
class UffdTrackerIT extends TrackerConformance {
    private static final Path PROGRAM = NATIVE.resolve("jmigrate-track");
    private static final long GUARDED_BYTES = 4 * 4096; // turmoil.c: there is nothing to read

    private final List<String> remarks = new CopyOnWriteArrayList<>();

    @Override
    DirtyTracker open() {
        assumeTrue(KernelProbe.writesNoted() && KernelProbe.pagemapScan(), "this kernel notes no writes");
        return UffdTracker.start(launcher, PROGRAM, MemoryScope.ANONYMOUS, remarks::add);
    }

    private long follow(ProcessRef process) {
        return tracker.changed(process, new PageTarget.ProcessMemory(process.pid()), new SparseStore());
    }

    private void assertFollowed(ProcessRef process) throws IOException {
        assertThat(remarks).isEmpty();
        assertThat(tracker.pending(process)).isPresent();
        assertThat(Workload.userfaultfds(process))
                .as("what a dump would refuse")
                .isZero();
    }

    @Test
    void tellsWhatIsPendingWithoutTakingIt() throws Exception {
        try (Workload turmoil = turmoil(6)) {
            ProcessRef root = turmoil.root();
            follow(root);
            turmoil.freeze();
            long pending = tracker.pending(root).orElseThrow();

            assertThat(tracker.pending(root)).hasValue(pending);
            assertThat(follow(root)).isBetween(pending - GUARDED_BYTES, pending);
            assertThat(tracker.pending(root).orElseThrow()).isLessThanOrEqualTo(GUARDED_BYTES);
            assertFollowed(root);
        }
    }

    /** CRIU reads the list of mappings at the same time, and finds one twice that grows meanwhile. */
    @Test
    void noMappingOfATreeThatStandsStillIsChanged() throws Exception {
        try (Workload turmoil = turmoil(13)) {
            Rounds rounds = new Rounds(tracker, turmoil);
            rounds.round();
            ProcessRef root = turmoil.root();
            await().atMost(Workload.LIMIT)
                    .until(() -> mappings(root).stream().anyMatch(flags -> !flags.contains(" uw")));
            turmoil.freeze();
            List<String> before = mappings(root);
            rounds.lastRound();

            assertThat(mappings(root)).isEqualTo(before);
        }
    }

    /** Of each mapping that can be written: where it is, and what is noted of it (proc_pid_smaps(5)). */
    private static List<String> mappings(ProcessRef process) throws IOException {
        String smaps = Files.readString(Path.of("/proc/" + process.pid() + "/smaps"));
        return Pattern.compile("(?ms)^([0-9a-f]+-[0-9a-f]+ .w.p .*?)$.*?^VmFlags:(.*?)$")
                .matcher(smaps)
                .results()
                .map(mapping -> mapping.group(1) + mapping.group(2))
                .toList();
    }

    @Test
    void writesOfAProcessThatGoesOnAreFoundAlone() throws Exception {
        Path program = Workload.compiled("memory");
        try (Workload memory = Workload.start(program, directory.resolve("report"), 64, 1)) {
            ProcessRef root = memory.root();
            await().atMost(Workload.LIMIT).until(() -> follow(root) > 0 && Files.exists(directory.resolve("report")));
            follow(root);
            // what a busy machine lets it write in between
            long again = await().atMost(Workload.LIMIT).until(() -> follow(root), bytes -> bytes > 0);

            assertThat(again).isLessThan(8 << 20);
            memory.assertRuns();
            assertFollowed(root);
        }
    }

    @Test
    void memoryThatSomebodyElseFollowsIsComparedAndNotTakenFromThem() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (Workload turmoil = turmoil(8);
                DirtyTracker second = UffdTracker.start(launcher, PROGRAM, MemoryScope.ANONYMOUS, said::add)) {
            Rounds ours = new Rounds(tracker, turmoil);
            Rounds theirs = new Rounds(second, turmoil);
            for (int i = 0; i < 4; i++) {
                ours.round();
                theirs.round();
            }
            turmoil.freeze();
            theirs.lastRound();
            ours.lastRound();

            assertThat(ours.differences()).isEmpty();
            assertThat(theirs.differences()).isEmpty();
            assertThat(said).filteredOn(remark -> remark.contains("busy")).isNotEmpty();
            assertThat(said).doesNotHaveDuplicates();
        }
    }

    @Test
    void processesOfAUserNamespaceAreFollowed() throws Exception {
        Path program = Workload.compiled("turmoil");
        try (Workload turmoil = Workload.start("unshare", "--user", "--map-root-user", program, 9, directory)) {
            await().until(() -> Files.readSymbolicLink(
                            Path.of("/proc/" + turmoil.root().pid() + "/exe"))
                    .endsWith("turmoil"));
            Rounds rounds = new Rounds(tracker, turmoil);
            for (int i = 0; i < 4; i++) {
                rounds.round();
            }
            turmoil.freeze();
            rounds.round();
            assertThat(tracker.pending(turmoil.root()).orElseThrow()).isLessThanOrEqualTo(GUARDED_BYTES);
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
        }
    }

    @Test
    void withoutTheProgramProcessesAreCompared() throws Exception {
        int program = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/jmigrate-track"))
                .mapToInt(process -> (int) process.pid())
                .findFirst()
                .orElseThrow();
        Processes.kill(Processes.find(program).orElseThrow(), Signal.KILL);
        try (Workload turmoil = turmoil(10)) {
            Rounds rounds = new Rounds(tracker, turmoil);
            rounds.round();
            turmoil.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
            assertThat(remarks).first().asString().endsWith("jmigrate-track gives no answer");
        }
    }

    /** Such writes are missed if they were under way when a page was protected. */
    @Test
    void aProcessWhoseMemoryDevicesWriteIsCompared() throws Exception {
        Path file = Files.createTempFile(Path.of("target"), "direct", null);
        byte[] content = new byte[2048 * 4096]; // direct.c
        new Random(1).nextBytes(content);
        Files.write(file, content);
        try (Workload direct = Workload.start(Workload.compiled("direct"), file)) {
            assertThat(direct.process().inputReader().readLine()).isEqualTo("ready");
            Rounds rounds = new Rounds(tracker, direct);
            rounds.round();
            assertFollowed(direct.root());
            direct.process().outputWriter().append('x').flush();
            String said = direct.process().inputReader().readLine();
            assumeTrue("open".equals(said), "files of this file system can't be read directly");
            for (int round = 0; round < 100; round++) {
                rounds.round();
            }
            direct.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
            assertThat(remarks).singleElement().asString().contains("O_DIRECT");
            assertThat(tracker.pending(direct.root())).isEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aProgramOf32BitsIsCompared() throws Exception {
        Path source = Files.writeString(
                directory.resolve("narrow.c"), "void _start(void) { for (;;) __asm__(\"int $0x80\" :: \"a\"(29)); }");
        Path narrow = directory.resolve("narrow");
        Process compiler = new ProcessBuilder(
                        "cc", "-m32", "-nostdlib", "-static", "-fno-pic", "-o", narrow.toString(), source.toString())
                .start();
        assumeTrue(compiler.waitFor() == 0, "the compiler makes no programs of 32 bits");
        try (Workload waiting = Workload.start(narrow)) {
            await().atMost(Workload.LIMIT)
                    .until(() -> Processes.executable(waiting.root().pid())
                            .equals(Optional.of(narrow.toRealPath().toString())));
            Rounds rounds = new Rounds(tracker, waiting);
            rounds.round();
            rounds.round();
            waiting.assertRuns();
            waiting.freeze();
            rounds.lastRound();

            assertThat(rounds.differences()).isEmpty();
            assertThat(remarks).singleElement().asString().endsWith("it is a program of 32 bits");
        }
    }
}
