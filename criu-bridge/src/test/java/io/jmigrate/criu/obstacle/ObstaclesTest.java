package io.jmigrate.criu.obstacle;

import static io.jmigrate.criu.obstacle.SeenTree.HOST;
import static io.jmigrate.criu.obstacle.SeenTree.INSIDE;
import static io.jmigrate.criu.obstacle.SeenTree.OTHER;
import static io.jmigrate.criu.obstacle.SeenTree.OWN;
import static io.jmigrate.criu.obstacle.SeenTree.ROOT;
import static io.jmigrate.criu.obstacle.SeenTree.file;
import static io.jmigrate.criu.obstacle.SeenTree.namespaces;
import static io.jmigrate.criu.obstacle.SeenTree.ofUser;
import static io.jmigrate.criu.obstacle.SeenTree.process;
import static io.jmigrate.criu.obstacle.SeenTree.socket;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.mapping.HostStream;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.criu.obstacle.ContainerView.Dumper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObstaclesTest {
    /** The first listens, the other is established. */
    private static final List<String> TCP = List.of(
            "   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 76 1 00 100 0 0 10 0",
            "   1: 0100007F:1B58 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 78 1 00 20 4 30 10 -1");

    private final SeenTree seen = new SeenTree();

    @BeforeEach
    void connect() {
        seen.tables.put("tcp", TCP);
    }

    @Test
    void thereIsNoneInAContainerThatIsLikeMost() {
        TreeProcess root = process(ROOT, 1, "init", file(1, "/data/log", INSIDE), file(2, "pipe:[9]", HOST));
        TreeProcess child = process(41, ROOT, "web", file(3, "anon_inode:[eventpoll]", HOST), socket(4, 77));

        assertThat(seen.found(root, child, process(42, 41, "worker"))).isEmpty();
    }

    @Test
    void aProcessThatExecStartedIsNamed() {
        assertThat(seen.found(process(ROOT, 1, "init"), process(50, 7, "sh"), process(51, 50, "sleep")))
                .containsExactly(
                        "process 50 (sh) does not descend from the container's first process: exec started it, or its"
                                + " parent has left it",
                        "process 51 (sleep) does not descend from the container's first process: exec started it, or its"
                                + " parent has left it");
    }

    @Test
    void childrenOfAProcessThatIsEndingStillDescend() {
        seen.ending = Map.of(50, ROOT);
        assertThat(seen.found(process(ROOT, 1, "init"), process(51, 50, "sleep")))
                .isEmpty();

        seen.ending = Map.of(50, 7);
        assertThat(seen.found(process(ROOT, 1, "init"), process(51, 50, "sleep")))
                .hasSize(1);
    }

    @Test
    void parentsThatGoInCirclesWhileTheyAreReadDoNoHarm() {
        assertThat(seen.found(process(ROOT, 1, "init"), process(50, 51, "a"), process(51, 50, "b")))
                .hasSize(2);
    }

    @Test
    void aStoppedProcessIsOneWhereTheFreezerIsAController() {
        TreeProcess root = process(ROOT, 1, "init");
        TreeProcess stopped = new TreeProcess(
                41,
                "nc",
                ROOT,
                true,
                false,
                OptionalInt.empty(),
                Collections.nCopies(6, 0),
                namespaces(OWN),
                List.of(),
                ProcessParts.NONE);
        assertThat(seen.found(root, stopped))
                .containsExactly(
                        "process 41 (nc) is stopped by a signal, and CRIU can't attach to a stopped process where"
                                + " cgroups of version 1 freeze it: let it go on first (SIGCONT)");

        seen.dumper = new Dumper(OWN, false, true);
        assertThat(seen.found(root, stopped)).isEmpty();
    }

    @Test
    void anotherUserIsAnObstacleOnlyWhereLimitsCanNotBeRead() {
        TreeProcess other = ofUser(999, process(ROOT, 1, "postgres"), OWN);
        TreeProcess inOwnNamespace = ofUser(33, process(ROOT, 1, "web"), OTHER);
        assertThat(seen.found(other)).isEmpty();

        seen.dumper = new Dumper(OWN, true, false);
        assertThat(seen.found(inOwnNamespace)).isEmpty();
        assertThat(seen.found(other))
                .containsExactly("process 40 (postgres) runs as uid 999, and root has no CAP_SYS_RESOURCE here: only in"
                        + " a user namespace of its own it can be dumped");

        TreeProcess ending = new TreeProcess(
                ROOT, "ps", 1, false, false, OptionalInt.empty(), List.of(999), Map.of(), List.of(), ProcessParts.NONE);
        assertThat(seen.found(ending)).as("without namespaces").isEmpty();
    }

    @Test
    void aProcessInANamespaceOfItsOwnIsNamedWithTheKind() {
        TreeProcess root = process(ROOT, 1, "init");
        TreeProcess inner = ofUser(0, process(41, ROOT, "runc"), OTHER);

        assertThat(seen.found(root, inner))
                .containsExactly(
                        "process 41 (runc) is in another user namespace than the container's first process, and"
                                + " CRIU dumps only one of that kind");
    }

    @Test
    void aProcessThatIsTracedIsNamedWithItsTracer() {
        TreeProcess traced = new TreeProcess(
                ROOT,
                "web",
                1,
                false,
                false,
                OptionalInt.of(77),
                Collections.nCopies(6, 0),
                namespaces(OWN),
                List.of(),
                ProcessParts.NONE);

        assertThat(seen.found(traced))
                .containsExactly("process 40 (web) is traced by process 77, a debugger maybe, and CRIU has to trace it"
                        + " itself");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/null, 020666, 0x103, ''",
        "/dev/pts/3, 020620, 0x8803, ''",
        "/dev/net/tun, 020666, 0xac8, ''",
        "/dev/fuse, 020666, 0xae5, the device /dev/fuse",
        "/dev/rtc0, 020600, 0xfc00, the device /dev/rtc0",
        "/dev/loop0, 060660, 0x700, the block device /dev/loop0",
    })
    void devicesThatCriuCanNotOpenAnewAreNamed(String name, String mode, String device, String words) {
        OpenFile file =
                new OpenFile(5, name, INSIDE, 5, Integer.parseInt(mode.substring(1), 8), 25, Long.decode(device), 0);

        assertThat(seen.found(process(ROOT, 1, "vm", file)))
                .isEqualTo(words.isEmpty() ? List.of() : List.of("process 40 (vm) holds " + words + " (descriptor 5)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anon_inode:[io_uring]    | an io_uring",
                "anon_inode:[userfaultfd] | a userfaultfd",
                "anon_inode:kvm-vm        | a virtual machine",
                "anon_inode:[secretmem]   | a kernel object of kind secretmem",
                "/dev/nvidia0             | the GPU /dev/nvidia0",
            })
    void whatTheKernelKeepsForAProcessIsNamed(String target, String words) {
        assertThat(seen.found(process(ROOT, 1, "db", file(7, target, HOST))))
                .containsExactly("process 40 (db) holds " + words + " (descriptor 7)");
    }

    @Test
    void aFileOfTheHostIsAnObstacleUnlessItIsAStandardStream() {
        TreeProcess root = process(ROOT, 1, "sh", file(1, "/var/log/out", HOST), file(9, "/var/log/out", HOST));
        seen.streams = List.of(new HostStream(1, "file[1b:5]"));
        assertThat(seen.found(root)).isEmpty();

        seen.streams = List.of();
        assertThat(seen.found(root))
                .containsExactly(
                        "process 40 (sh) holds /var/log/out of the host (descriptor 1)",
                        "process 40 (sh) holds /var/log/out of the host (descriptor 9)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/memfd:cache (deleted)", "/dev/zero (deleted)", "/anon_hugepage (deleted)", "net:[40265]"})
    void filesWithoutAPlaceAreLeftToCriu(String target) {
        assertThat(seen.found(process(ROOT, 1, "sh", file(5, target, 1)))).isEmpty();
    }

    @Test
    void aTerminalOfTheContainersStaysBehindOnThisHostAndOneThatAProcessHasMadeDoesNot() {
        TreeProcess root = process(
                ROOT,
                1,
                "sh",
                file(0, "/dev/pts/0", INSIDE),
                file(1, "/dev/pts/0", INSIDE),
                file(5, "/dev/pts/1", INSIDE));

        TreeProcess child = process(41, ROOT, "tmux", file(0, "/dev/pts/1", INSIDE));
        assertThat(seen.found(root, child)).isEmpty();
        seen.handover = true;
        assertThat(seen.found(root, child))
                .containsExactly("it has a terminal of its own, /dev/pts/0, whose other end stays on this host");
    }

    @Test
    void aStandardStreamThatIsASocketOfTheHostIsNamed() {
        assertThat(seen.found(process(ROOT, 1, "sh", socket(0, 76), socket(1, 80), socket(9, 81))))
                .containsExactly("its standard output is a socket of the host");
    }

    @Test
    void aConnectionIsAnObstacleOnlyInANetworkFromOutside() {
        TreeProcess root = process(ROOT, 1, "web", socket(5, 76), socket(6, 78));
        assertThat(seen.found(root)).isEmpty();

        seen.rulesNetwork = false;
        assertThat(seen.found(root))
                .containsExactly("process 40 (web) holds a TCP connection (descriptor 6), which can't be restored in a"
                        + " user namespace with a network namespace from outside");
    }

    @Test
    void aMountWithAnOptionThatWouldBeLostIsNamed() {
        seen.mountOptions = "ro,nosymfollow,idmapped";

        assertThat(seen.found(process(ROOT, 1, "init")))
                .containsExactly(
                        "its mount /data has the option nosymfollow, which CRIU does not restore",
                        "its mount /data has the option idmapped, which CRIU does not restore");
    }

    @Test
    void eachIsOfAKindThatHasARemedy() {
        TreeProcess root = process(ROOT, 1, "db", file(7, "anon_inode:[io_uring]", HOST), file(9, "/etc/x", HOST));

        assertThat(Obstacles.in(seen.view(root, process(50, 7, "sh"))))
                .extracting(Obstacle::kind)
                .containsExactly(Obstacle.Kind.FOREIGN_PROCESS, Obstacle.Kind.KERNEL_OBJECT, Obstacle.Kind.HOST_FILE);
    }

    @Test
    void whatIsKeptWithCareIsCountedOnceWhoeverHoldsIt() {
        TreeProcess root = process(
                ROOT,
                1,
                "web",
                file(0, "/dev/pts/0", INSIDE),
                file(4, "/tmp/scratch (deleted)", INSIDE),
                file(5, "/memfd:cache (deleted)", 1),
                socket(6, 76),
                socket(7, 78));
        TreeProcess child = process(41, ROOT, "web", file(4, "/tmp/scratch (deleted)", INSIDE), socket(7, 78));
        seen.streams = List.of(new HostStream(2, "pipe:[9]"), new HostStream(1, "pipe:[8]"));

        assertThat(Belongings.of(seen.view(root, child), 3)).isEqualTo(new Belongings(1, 3, 1, 0, true, List.of(1, 2)));
        assertThat(Belongings.of(seen.view(process(ROOT, 1, "web", socket(6, 76))), 0))
                .isEqualTo(new Belongings(0, 0, 0, 0, false, List.of(1, 2)));
    }

    @Test
    void aLockIsWhatItsLineSaysWithoutItsNumber() {
        String descriptor =
                "pos:\t0\nflags:\t0100000\nmnt_id:\t29\nlock:\t1: FLOCK  ADVISORY  WRITE 359 00:13:1169 0 EOF\n"
                        + "lock:\t2: POSIX  ADVISORY  READ 360 00:13:1170 0 10\n";

        assertThat(FileLocks.locks(descriptor))
                .containsExactly(
                        "FLOCK  ADVISORY  WRITE 359 00:13:1169 0 EOF", "POSIX  ADVISORY  READ 360 00:13:1170 0 10");
        assertThat(FileLocks.locks("pos:\t0\n")).isEmpty();
    }

    @Test
    void aSemaphoreIsAnEventfdThatSaysSo() {
        String descriptor = "pos:\t0\nflags:\t02\nmnt_id:\t17\neventfd-count:                3\neventfd-id: 3\n";

        assertThat(StateChecks.isSemaphore(descriptor + "eventfd-semaphore: 1\n"))
                .isTrue();
        assertThat(StateChecks.isSemaphore(descriptor + "eventfd-semaphore: 0\n"))
                .isFalse();
        assertThat(StateChecks.isSemaphore(descriptor)).isFalse();
    }

    @Test
    void aTimerForTheFirstThreadIsToldFromThoseForOthers() {
        String timers = "ID: 0\nsignal: 35/0000000000001267\nnotify: signal/tid.%d\nClockID: 1\n"
                + "ID: 1\nsignal: 14/0000000000000000\nnotify: signal/pid.40\nClockID: 0\n";

        assertThat(StateChecks.signalsThread(timers.formatted(40), 40)).isTrue();
        assertThat(StateChecks.signalsThread(timers.formatted(41), 40)).isFalse();
        assertThat(StateChecks.signalsThread(timers.formatted(140), 40)).isFalse();
    }
}
