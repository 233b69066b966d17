package io.jmigrate.runtime.plan.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdInputStream;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.Rlimit;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real containers from plans written by hand. */
@Timeout(60)
class InitSessionIT {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir"));
    private static final Path INIT = NATIVE.resolve("jmigrate-init");

    @TempDir
    private Path directory;

    private FrontConnection launcher;
    private Path rootfs;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "namespaces and mounts need root");
        assumeTrue(Files.exists(Path.of("/bin/busybox")), "the root filesystem is made of busybox");
        rootfs = BusyboxPlan.rootfs(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        launcher = Launchers.open(NATIVE.resolve("jmigrate"));
    }

    @AfterEach
    void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    private record Outcome(String output, ExitStatus status) {}

    private Outcome run(Plan plan) throws Exception {
        return run(plan, List.of());
    }

    private Outcome run(Plan plan, List<Fd> preserved) throws Exception {
        FdPair out = Descriptors.pipe();
        Child child;
        try (FdInputStream in = new FdInputStream(out.first())) {
            try (Fd write = out.second();
                    InitSession session = InitSession.start(
                            launcher,
                            new InitRequest(INIT, plan, Map.of(1, write, 2, write), Optional.empty(), preserved))) {
                child = session.awaitReady();
                session.proceed();
                session.awaitExecuted();
            }
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(output, child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    private Failure failure(List<Step> steps) {
        return catchThrowableOfType(Failure.class, () -> run(Plan.of(steps)));
    }

    @Test
    void makesAContainer() throws Exception {
        String script = "echo $$ $(hostname) $(id -u) $PWD; ls / | tr '\\n' ' '; echo;"
                + "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status | tr '\\n\\t' '  '; echo; ls /proc/self/fd | wc -l;"
                + "wc -c < /proc/version; ls /proc/tty | wc -l; echo x > /proc/sys/kernel/hostname || echo read-only;"
                + "cat /sys/class/net/lo/flags 2>/dev/null; exit 3";
        Outcome outcome = run(BusyboxPlan.shell(rootfs, false, script));

        assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(3));
        List<String> lines = outcome.output().lines().toList();
        assertThat(lines.get(0)).isEqualTo("1 inside 0 /tmp");
        assertThat(lines.get(1)).isEqualTo("a bin dev etc proc tmp ");
        assertThat(lines.get(2)).contains("CapEff: 0000000000000021", "CapBnd: 0000000000000021", "NoNewPrivs: 1");
        assertThat(lines.get(3)).as("descriptors 0, 1, 2 and the one of ls").isEqualTo("4");
        assertThat(lines.subList(4, 6)).containsExactly("0", "0");
        assertThat(outcome.output()).contains("read-only");
    }

    @Test
    void makesAContainerInAUserNamespace() throws Exception {
        // owned by the namespace's root, so that mount targets can be made
        for (Path path : List.of(rootfs, rootfs.resolve("bin"), rootfs.resolve("tmp"))) {
            Files.setAttribute(path, "unix:uid", 100_000);
        }
        Outcome outcome = run(BusyboxPlan.shell(
                rootfs, true, "id -u; cat /proc/self/uid_map; echo gone > /dev/null && echo written; hostname"));

        assertThat(outcome.status().code()).as(outcome.output()).isZero();
        assertThat(outcome.output().replaceAll(" +", " ")).isEqualTo("0\n 0 100000 65536\nwritten\ninside\n");
    }

    @Test
    void leavesTheHostsMountsAlone() throws Exception {
        String before = Files.readString(Path.of("/proc/self/mountinfo"));
        run(BusyboxPlan.shell(rootfs, false, "true"));
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")).lines().filter(l -> l.contains(rootfs.toString())))
                .isEmpty();
        assertThat(before).isNotEmpty();
    }

    @Test
    void becomesAnotherUserThatKeepsNothing() throws Exception {
        List<Step> steps = new ArrayList<>(BusyboxPlan.begin(rootfs, false));
        steps.addAll(BusyboxPlan.mounts());
        steps.add(new PivotRoot());
        steps.add(new SetUser(1000, 1001, List.of(7, 8)));
        steps.addAll(BusyboxPlan.end(new SetUser(1000, 1001, List.of()), List.of("id"), 0)
                .subList(3, 7));
        Failure failure = failure(List.copyOf(steps));
        assertThat(failure).isNull();
        assertThat(run(Plan.of(steps)).output())
                .contains("uid=1000")
                .contains("gid=1001")
                .contains("8");
    }

    @Test
    void passesPreservedDescriptorsOn() throws Exception {
        FdPair pipe = Descriptors.pipe();
        List<Step> steps = new ArrayList<>(BusyboxPlan.begin(rootfs, false));
        steps.addAll(BusyboxPlan.mounts());
        steps.add(new PivotRoot());
        steps.addAll(BusyboxPlan.end(
                new SetUser(0, 0, List.of()), List.of("sh", "-c", "echo to four >&4; ls /proc/self/fd | wc -l"), 2));
        try (FdInputStream in = new FdInputStream(pipe.first());
                Fd write = pipe.second()) {
            Outcome outcome = run(Plan.of(steps), List.of(write, write));
            byte[] said = new byte[64];
            assertThat(new String(said, 0, in.read(said), StandardCharsets.UTF_8))
                    .isEqualTo("to four\n");
            assertThat(outcome.output()).as("0 to 4 and the one of ls").isEqualTo("6\n");
        }
    }

    @Test
    void namesTheStepThatFailed() {
        List<Step> steps = new ArrayList<>(BusyboxPlan.begin(rootfs, false));
        steps.add(new Mount(
                "/no/such/source", "/data", "", Set.of(MountFlag.BIND), Optional.empty(), "", Mount.Target.DIRECTORY));
        steps.addAll(BusyboxPlan.end(new SetUser(0, 0, List.of()), List.of("sh"), 0));
        Failure failure = failure(steps);
        assertThat(failure).hasMessage("bind /no/such/source onto /data: no such file or directory");
        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
    }

    @Test
    void saysWhenALimitMayNotBeRaised() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Rlimit(RlimitResource.NOFILE, 1L << 40, 1L << 40)); // beyond fs.nr_open even for the privileged
        steps.addAll(BusyboxPlan.begin(rootfs, false));
        steps.addAll(BusyboxPlan.end(new SetUser(0, 0, List.of()), List.of("sh"), 0));
        assertThat(failure(steps))
                .hasMessage(
                        "set RLIMIT_NOFILE to 1099511627776:1099511627776: operation not permitted: only root may raise a hard"
                                + " limit, and not above fs.nr_open");
    }

    @Test
    void tellsAMissingProgramFromOneThatCannotBeExecuted() throws Exception {
        Files.writeString(rootfs.resolve("bin/plain"), "no program");
        assertThat(failure(
                        BusyboxPlan.container(rootfs, false, List.of("nothing")).steps()))
                .hasMessage("exec: \"nothing\": executable file not found in $PATH")
                .extracting(Failure::code)
                .isEqualTo(RuntimeCode.COMMAND_NOT_FOUND);
        assertThat(failure(BusyboxPlan.container(rootfs, false, List.of("/bin/nothing"))
                        .steps()))
                .hasMessage("exec: \"/bin/nothing\": stat /bin/nothing: no such file or directory")
                .extracting(Failure::code)
                .isEqualTo(RuntimeCode.COMMAND_NOT_FOUND);
        assertThat(failure(
                        BusyboxPlan.container(rootfs, false, List.of("plain")).steps()))
                .hasMessage("exec: \"plain\": permission denied")
                .extracting(Failure::code)
                .isEqualTo(RuntimeCode.NOT_EXECUTABLE);
    }

    @Test
    void mountsOnlyInsideTheRootWhateverLinksSay() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(rootfs.resolve("absolute"), outside);
        Files.createSymbolicLink(rootfs.resolve("relative"), Path.of("../../../../../../../.." + outside));
        Files.createDirectories(rootfs.resolve("." + outside));
        for (String target : List.of("/absolute/x", "/relative/y", "/../../../../" + outside + "/z")) {
            List<Step> steps = new ArrayList<>(BusyboxPlan.begin(rootfs, false));
            steps.add(BusyboxPlan.mount("tmpfs", target));
            steps.addAll(BusyboxPlan.mounts());
            steps.add(new PivotRoot());
            steps.addAll(BusyboxPlan.end(
                    new SetUser(0, 0, List.of()), List.of("sh", "-c", "grep -c " + outside + " /proc/mounts"), 0));
            assertThat(run(Plan.of(steps)).output()).as(target).isEqualTo("1\n");
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refusesAProcThatIsALink() throws Exception {
        Files.createSymbolicLink(rootfs.resolve("proc"), Path.of("/tmp"));
        assertThat(failure(BusyboxPlan.container(rootfs, false, List.of("sh")).steps()))
                .hasMessage("mount proc onto /proc: too many levels of symbolic links");
    }

    @Test
    void endsWhenTheRuntimeGoesAwayBeforeItSaidGo() throws Exception {
        Child child;
        try (InitSession session = InitSession.start(
                launcher,
                new InitRequest(
                        INIT, BusyboxPlan.shell(rootfs, false, "true"), Map.of(), Optional.empty(), List.of()))) {
            child = session.awaitReady();
        }
        assertThat(child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Exited(1));
    }

    @Test
    void waitsForTheStartOfTheContainer() throws Exception {
        Path fifo = directory.resolve("exec.fifo");
        Descriptors.makeFifo(fifo, 0622);
        List<Step> steps = new ArrayList<>(BusyboxPlan.container(rootfs, false, List.of("sh", "-c", "exit 5"))
                .steps());
        steps.add(steps.size() - 1, new AwaitStart());
        Child child;
        try (Fd handle = Descriptors.open(fifo, OpenFlag.PATH);
                InitSession session = InitSession.start(
                        launcher, new InitRequest(INIT, Plan.of(steps), Map.of(), Optional.of(handle), List.of()))) {
            child = session.awaitReady();
            session.proceed();
        }
        assertThat(child.exited()).isNotDone();
        try (Fd start = Descriptors.open(fifo)) {
            ByteBuffer byteRead = ByteBuffer.allocate(1);
            assertThat(Descriptors.read(start, byteRead)).isEqualTo(1);
        }
        assertThat(child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Exited(5));
    }

    @Test
    void saysOnTheContainersStandardErrorWhatFailsWhileItWaits() throws Exception {
        Path fifo = directory.resolve("exec.fifo");
        Descriptors.makeFifo(fifo, 0622);
        List<Step> steps = new ArrayList<>(
                BusyboxPlan.container(rootfs, false, List.of("sh")).steps());
        steps.add(steps.size() - 1, new Rlimit(RlimitResource.NOFILE, 3, 3));
        steps.add(steps.size() - 1, new AwaitStart());
        FdPair err = Descriptors.pipe();
        try (FdInputStream said = new FdInputStream(err.first())) {
            try (Fd handle = Descriptors.open(fifo, OpenFlag.PATH);
                    Fd write = err.second();
                    InitSession session = InitSession.start(
                            launcher,
                            new InitRequest(INIT, Plan.of(steps), Map.of(2, write), Optional.of(handle), List.of()))) {
                session.awaitReady();
                session.proceed();
            }
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("jmigrate-init: step " + (steps.size() - 2) + " failed: Too many open files\n");
        }
    }

    @Test
    void saysHowAnInitEndedThatSaidNothing() {
        InitRequest request = new InitRequest(
                Path.of("/bin/false"), BusyboxPlan.shell(rootfs, false, "true"), Map.of(), Optional.empty(), List.of());
        try (InitSession session = InitSession.start(launcher, request)) {
            assertThatThrownBy(session::awaitReady)
                    .hasMessage("the native init ended before the container was ready, with exit code 1");
        }
    }

    @Test
    void entersARunningContainer() throws Exception {
        for (boolean user : List.of(false, true)) {
            for (Path path : List.of(rootfs, rootfs.resolve("bin"), rootfs.resolve("tmp"))) {
                Files.setAttribute(path, "unix:uid", user ? 100_000 : 0);
            }
            enters(user);
        }
    }

    private void enters(boolean user) throws Exception {
        Child container;
        Plan sleeping = BusyboxPlan.container(rootfs, user, List.of("sleep", "1000"));
        try (InitSession session =
                InitSession.start(launcher, new InitRequest(INIT, sleeping, Map.of(), Optional.empty(), List.of()))) {
            container = session.awaitReady();
            session.proceed();
            session.awaitExecuted();
        }
        ProcessRef init = Processes.find(container.pid()).orElseThrow();
        List<Step> steps = new ArrayList<>();
        for (NamespaceKind kind : BusyboxPlan.cloneStep(user).kinds()) {
            steps.add(new JoinNamespace(Namespaces.path(container.pid(), kind), kind));
        }
        steps.add(Clone.of(Set.of()));
        steps.addAll(BusyboxPlan.end(
                new SetUser(0, 0, List.of()),
                List.of("sh", "-c", "hostname; id -u; cat /proc/1/cmdline | tr '\\0' ' '; echo; [ $$ -gt 1 ]"),
                0));
        Outcome outcome = run(Plan.of(steps));
        assertThat(outcome.output()).isEqualTo("inside\n0\nsleep 1000 \n");
        assertThat(outcome.status().success()).isTrue();
        Processes.kill(init, Signal.KILL);
        assertThat(container
                        .exited()
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .code())
                .isEqualTo(137);
    }

    @Test
    void refusesToMountWithoutAMountNamespaceOfItsOwn() {
        List<Step> steps = new ArrayList<>(BusyboxPlan.begin(rootfs, false));
        steps.set(0, Clone.of(Set.of(NamespaceKind.PID)));
        steps.addAll(BusyboxPlan.end(new SetUser(0, 0, List.of()), List.of("sh"), 0));
        assertThatThrownBy(() -> run(Plan.of(steps))).hasMessageContaining("invalid argument");
        assertThat(steps).hasAtLeastOneElementOfType(Ready.class);
    }
}
