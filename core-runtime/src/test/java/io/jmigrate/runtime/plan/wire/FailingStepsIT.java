package io.jmigrate.runtime.plan.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.AwaitRuntime;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.Home;
import io.jmigrate.runtime.plan.step.KeepCaps;
import io.jmigrate.runtime.plan.step.ListenPid;
import io.jmigrate.runtime.plan.step.NoNewPrivs;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.SetPersonality;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Umask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of step fails once: the sentence names it and its subject, and nothing is left. */
@Timeout(60)
class FailingStepsIT {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir"));
    private static final String INIT = "/memfd:jmigrate-init (deleted)";

    /** What the kernel never refuses, or what only waits. */
    private static final Set<Class<?>> INFALLIBLE = Set.of(
            AwaitRuntime.class,
            Home.class,
            KeepCaps.class,
            ListenPid.class,
            NoNewPrivs.class,
            Ready.class,
            SetPersonality.class,
            Umask.class);

    @TempDir
    private Path directory;

    private FrontConnection launcher;
    private List<FailingStep> all;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "namespaces and mounts need root");
        assumeTrue(Files.exists(Path.of("/bin/busybox")), "the root filesystem is made of busybox");
        all = FailingStep.all(BusyboxPlan.rootfs(directory));
        launcher = Launchers.open(NATIVE.resolve("jmigrate"));
    }

    @AfterEach
    void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    @Test
    void areOfAllKindsThatCanFail() {
        Set<Class<?>> kinds = new HashSet<>(INFALLIBLE);
        all.forEach(failing -> kinds.add(failing.step().getClass()));

        assertThat(kinds).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
    }

    @Test
    void areNamedWithTheirSubjectAndLeaveNothing() {
        for (FailingStep failing : all) {
            Failure failure = catchThrowableOfType(Failure.class, () -> run(failing));
            assertThat(failure).as("%s succeeds", failing.step()).isNotNull();
            assertThat(failure.getMessage()).as("%s", failing.step()).contains(failing.subject());
            if (failing.isToldByItsDescription()) {
                assertThat(failure.getMessage())
                        .startsWith(failing.step().describe() + ": ")
                        .doesNotMatch(".*: (E|error )\\d+$");
            }
        }

        await().until(() -> inits() == 0);
        assertThat(mounts()).isEmpty();
    }

    private void run(FailingStep failing) {
        List<Step> steps = new ArrayList<>(failing.before());
        steps.add(failing.step());
        if (steps.stream().noneMatch(Clone.class::isInstance)) {
            steps.add(Clone.of(Set.of()));
        }
        if (!(steps.getLast() instanceof Execute)) {
            steps.add(new Ready());
            steps.add(new Execute(List.of("unreached"), List.of(), 0));
        }
        InitRequest request =
                new InitRequest(NATIVE.resolve("jmigrate-init"), Plan.of(steps), Map.of(), Optional.empty(), List.of());
        try (InitSession session = InitSession.start(launcher, request)) {
            if (failing.step() instanceof Execute) {
                session.awaitProcess();
                session.awaitExecuted();
            } else {
                session.awaitReady();
            }
        }
    }

    /** Those of this test: others make theirs at the same time. */
    private List<String> mounts() {
        return MountInfo.ofSelf().stream()
                .map(MountInfo::mountPoint)
                .filter(place -> Path.of(place).startsWith(directory))
                .toList();
    }

    private static long inits() {
        try (Stream<ProcessHandle> descendants = ProcessHandle.current().descendants()) {
            return descendants
                    .filter(process -> Processes.executable((int) process.pid())
                            .filter(INIT::equals)
                            .isPresent())
                    .count();
        }
    }
}
