package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes of all kinds, which have to be afterwards what they were before. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a program that hangs is read from
class TrackProgramIT {
    private static final int TIMES = 20;
    private static final int MILLIS = 600;
    /** However busy the machine is. */
    private static final long STOPPED_NANOS_MAX = Duration.ofSeconds(1).toNanos();

    private static final int REAL_TIME_SIGNAL = 34;
    private static final int OWN_USERFAULTFD = 9; // blocked.c

    private StartedTrackProgram started;
    private TrackProgram program;

    @BeforeEach
    void open() {
        started = StartedTrackProgram.open();
        program = started.program();
    }

    @AfterEach
    void close() {
        if (started != null) {
            started.close();
        }
    }

    /** One that waits in a system call, as test-images/workloads/blocked.c has them. */
    private Workload blocked(Object... arguments) throws Exception {
        Object[] command = new Object[arguments.length + 1];
        command[0] = Workload.compiled("blocked");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Workload workload = Workload.start(command);
        assertThat(reader(workload).readLine()).isEqualTo("ready");
        await().atMost(Workload.LIMIT).until(() -> state(workload.root()) == 'S');
        return workload;
    }

    private static BufferedReader reader(Workload workload) {
        return workload.process().inputReader();
    }

    private static char state(ProcessRef process) {
        return ProcStat.read(process.pid()).orElseThrow().state();
    }

    private void attach(ProcessRef process) throws IOException {
        Attachment attachment = program.attach(process);
        assertThat(attachment).isInstanceOf(Attachment.Attached.class);
        Attachment.Attached attached = (Attachment.Attached) attachment;
        attached.userfaultfd().close();
        assertThat(attached.stoppedNanos()).isPositive().isLessThan(STOPPED_NANOS_MAX);
        assertThat(Workload.userfaultfds(process)).isZero();
    }

    /** Less often on a machine so busy that the process could end meanwhile. */
    private void attachOften(ProcessRef process) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS / 2);
        for (int i = 0; i == 0 || i < TIMES && System.nanoTime() < end; i++) {
            attach(process);
        }
    }

    private Attachment.Refused refused(ProcessRef process) {
        assertThat(program.attach(process)).isInstanceOf(Attachment.Refused.class);
        return (Attachment.Refused) program.attach(process);
    }

    @ParameterizedTest
    @CsvSource({"poll, 0 0", "select, 0 0", "nanosleep, 0 0", "clock_nanosleep, 0 0", "futex, -1 110"})
    void callsThatWaitGoOnAsIfNothingHadHappened(String call, String outcome) throws Exception {
        try (Workload blocked = blocked(call, MILLIS)) {
            attachOften(blocked.root());

            String[] said = reader(blocked).readLine().split(" ");
            assertThat(said[1] + " " + said[2]).isEqualTo(outcome);
            assertThat(Long.parseLong(said[3])).isGreaterThanOrEqualTo(MILLIS);
        }
    }

    /** As after SIGSTOP and SIGCONT (signal(7)), and when CRIU or a cgroup freezes it. */
    @Test
    void aCallThatIsNeverRestartedIsInterrupted() throws Exception {
        try (Workload blocked = blocked("epoll_wait", 20 * MILLIS)) {
            Attachment attachment = program.attach(blocked.root());
            assertThat(attachment).isInstanceOf(Attachment.Attached.class);
            ((Attachment.Attached) attachment).userfaultfd().close();

            assertThat(reader(blocked).readLine()).startsWith("epoll_wait -1 4 ");
        }
    }

    @Test
    void aReadTakesWhatComesLater() throws Exception {
        try (Workload blocked = blocked("read")) {
            attachOften(blocked.root());
            blocked.process().outputWriter().append('x').flush();

            assertThat(reader(blocked).readLine()).startsWith("read 1 0 ");
        }
    }

    @Test
    void aSeccompFilterNeitherForbidsItNorKills() throws Exception {
        try (Workload strict = blocked("strict")) {
            attachOften(strict.root());
            strict.process().outputWriter().append('x').flush();

            assertThat(reader(strict).read()).isEqualTo('x');
        }
    }

    @Test
    void noSignalIsLost() throws Exception {
        int signals = 20_000;
        try (Workload counting = blocked("signals", signals)) {
            ProcessRef process = counting.root();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> signal(process, signals - 1));
            while (!sending.isDone()) {
                attach(process);
            }
            sending.join();
            signal(process, 1);

            assertThat(reader(counting).readLine()).startsWith("signals " + signals + " 0 ");
        }
    }

    private static void signal(ProcessRef process, int times) {
        for (int i = 0; i < times; i++) {
            Processes.kill(process, new Signal(REAL_TIME_SIGNAL));
        }
    }

    @Test
    void aStoppedProcessStaysStopped() throws Exception {
        try (Workload blocked = blocked("poll", MILLIS)) {
            ProcessRef process = blocked.root();
            Processes.kill(process, Signal.STOP);
            await().atMost(Workload.LIMIT).until(() -> state(process) == 'T');

            attachOften(process);

            await().during(Duration.ofMillis(50)).atMost(Workload.LIMIT).until(() -> state(process) == 'T');
            Processes.kill(process, Signal.CONT);
            assertThat(reader(blocked).readLine()).startsWith("poll 0 0 ");
        }
    }

    @Test
    void aProcessOfAnotherUserNamespaceIsNoOther() throws Exception {
        Path blocked = Workload.compiled("blocked");
        try (Workload inside = Workload.start("unshare", "--user", "--map-root-user", blocked, "read")) {
            assertThat(reader(inside).readLine()).isEqualTo("ready");
            attachOften(inside.root());
            inside.process().outputWriter().append('x').flush();

            assertThat(reader(inside).readLine()).startsWith("read 1 0 ");
        }
    }

    @Test
    void aThreadThatDoesNotStopIsLeftAlone() throws Exception {
        Path blocked = Workload.compiled("blocked");
        try (Workload waiting = Workload.start(blocked, "vfork", MILLIS)) {
            assertThat(reader(waiting).readLine()).isEqualTo("ready");
            ProcessRef process = waiting.root();
            await().atMost(Workload.LIMIT).until(() -> state(process) == 'D');

            assertThat(refused(process))
                    .isEqualTo(new Attachment.Refused("it does not stop: connection timed out", false));

            assertThat(reader(waiting).readLine()).startsWith("vfork 7 0 ");
        }
    }

    @Test
    void aProcessThatHasEndedIsRefused() throws Exception {
        Process brief = new ProcessBuilder("sleep", "1000").start();
        ProcessRef process = Processes.find((int) brief.pid()).orElseThrow();
        brief.destroyForcibly().waitFor();

        assertThat(refused(process).lasting()).isFalse();
    }

    @Test
    void closesAUserfaultfdAndNothingElse() throws Exception {
        try (Workload own = blocked("userfaultfd")) {
            ProcessRef process = own.root();
            assertThat(Workload.userfaultfds(process)).isPositive();

            program.closeIn(process, OWN_USERFAULTFD);
            program.closeIn(process, 1);

            assertThat(Files.exists(
                            Path.of("/proc/" + process.pid() + "/fd/" + OWN_USERFAULTFD), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
            assertThat(Files.isSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/1")))
                    .isTrue();
            own.assertRuns();
        }
    }
}
