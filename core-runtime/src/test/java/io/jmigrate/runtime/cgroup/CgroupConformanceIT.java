package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.DeviceRule;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.spec.ResourcesSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every cgroup does, on the real kernel: with all hierarchies that the host has, and with the v2 one alone. */
class CgroupConformanceIT {
    private static final Duration LIMIT = Patience.LIMIT;
    private static final Path PASSED_ON = Path.of("/sys/fs/cgroup/unified/cgroup.subtree_control");

    enum Kind {
        ALL_HIERARCHIES,
        VERSION_2_ALONE
    }

    private static Set<String> passedOnBefore = Set.of();

    @TempDir
    private Path directory;

    private Optional<Process> member = Optional.empty();
    private Optional<Cgroup> opened = Optional.empty();

    @BeforeAll
    static void rememberWhatIsPassedOn() throws IOException {
        passedOnBefore = passedOn();
    }

    /** A v2 cgroup has its parents pass on their controllers; on a host that mounts v2 beside v1 this is taken back. */
    @AfterAll
    static void takeBackWhatWasPassedOn() throws IOException {
        Set<String> added = passedOn();
        added.removeAll(passedOnBefore);
        for (String controller : added) {
            Files.writeString(PASSED_ON, "-" + controller, StandardOpenOption.WRITE);
        }
    }

    private static Set<String> passedOn() throws IOException {
        Set<String> controllers = new HashSet<>();
        if (Files.isWritable(PASSED_ON)) {
            controllers.addAll(List.of(Files.readString(PASSED_ON).strip().split(" ")));
            controllers.remove("");
        }
        return controllers;
    }

    private Cgroup open(Kind kind) {
        assumeTrue(Processes.effectiveUid() == 0, "cgroups need root");
        String name = "jmcg" + UUID.randomUUID().toString().substring(0, 8);
        CgroupPaths all =
                CgroupHierarchies.ofProcess((int) ProcessHandle.current().pid()).place(Optional.of("/" + name), name);
        CgroupPaths paths = kind == Kind.ALL_HIERARCHIES ? all : version2Alone(all);
        opened = Optional.of(Cgroups.ofHost().open(paths));
        return opened.get();
    }

    private static CgroupPaths version2Alone(CgroupPaths all) {
        List<CgroupPlace> places =
                all.places().stream().filter(CgroupPlace::isVersion2).toList();
        assumeTrue(places.size() == 1, "this host has no v2 hierarchy");
        return new CgroupPaths(places);
    }

    private int join(Cgroup cgroup) throws IOException {
        return (int) join(cgroup, new ProcessBuilder("sleep", "100")).pid();
    }

    private Process join(Cgroup cgroup, ProcessBuilder program) throws IOException {
        Process process = program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        member = Optional.of(process);
        for (Path file : cgroup.processFiles()) {
            Files.writeString(file, Long.toString(process.pid()), StandardOpenOption.WRITE);
        }
        return process;
    }

    @AfterEach
    void removeIt() {
        opened.ifPresent(Cgroup::kill);
        member.ifPresent(Process::destroyForcibly);
        opened.ifPresent(cgroup -> cgroup.delete(LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void givesLessProcessorTimeForAWhileAndThenAllOfItBack(Kind kind) {
        Cgroup cgroup = open(kind);
        cgroup.create();
        CgroupPaths paths = cgroup.paths();
        assumeTrue(
                paths.ofController("cpu").isPresent()
                        || Files.exists(paths.unified().orElseThrow().resolve("cpu.max")),
                "version 2 has no cpu controller here");
        CpuQuota usual = CpuQuota.of(paths);

        usual.atMost(0.25).giveTo(paths);
        assertThat(CpuQuota.of(paths).micros()).contains(usual.periodMicros() / 4);
        assertThat(CpuQuota.of(paths).atMost(2).micros()).contains(usual.periodMicros() / 4);

        usual.giveTo(paths);
        assertThat(CpuQuota.of(paths)).isEqualTo(usual);
        assertThat(usual.micros()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isMadeAndRemoved(Kind kind) {
        Cgroup cgroup = open(kind);

        cgroup.create();
        cgroup.create();
        assertThat(cgroup.processFiles()).allMatch(Files::exists);
        assertThat(cgroup.processes()).isEmpty();
        cgroup.checkUnused();
        cgroup.delete(LIMIT);
        cgroup.delete(LIMIT);

        assertThat(cgroup.processFiles()).noneMatch(Files::exists);
        assertThat(cgroup.processes()).isEmpty();
        assertThat(cgroup.isFrozen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void freezesThawsAndKills(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        int pid = join(cgroup);

        assertThat(cgroup.processes()).containsExactly(pid);
        cgroup.freeze(LIMIT);
        assertThat(cgroup.isFrozen()).isTrue();
        cgroup.freeze(LIMIT);
        cgroup.thaw();
        cgroup.thaw();
        assertThat(cgroup.isFrozen()).isFalse();
        cgroup.beginFreeze();
        assertThat(cgroup.isFrozen()).isTrue();
        cgroup.freeze(LIMIT);
        cgroup.kill();

        assertThat(member.orElseThrow().waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        await().until(() -> cgroup.processes().isEmpty());
        cgroup.delete(LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void endsByASignalAtTheLatestWhenItIsThawed(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        join(cgroup);

        cgroup.freeze(LIMIT);
        cgroup.signal(Signal.TERM);
        assertThat(cgroup.isFrozen()).isTrue();
        cgroup.thaw();

        assertThat(member.orElseThrow().waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void letsItsMembersUseTheDevicesThatARuleAllows(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        DeviceRule nothing = new DeviceRule(false, 'a', Optional.empty(), Optional.empty(), "rwm");
        DeviceRule kernelLog = new DeviceRule(true, 'c', Optional.of(1L), Optional.of(11L), "w");
        cgroup.limit(resources(nothing, kernelLog));

        String script = "read go; true < /dev/zero && true > /dev/kmsg && ! true < /dev/kmsg";
        Process process = join(cgroup, new ProcessBuilder("sh", "-c", script));
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();

        assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Resources resources(DeviceRule... rules) {
        ResourcesSpec none = ResourcesSpec.NONE;
        return new Resources(
                none.memory(),
                none.cpu(),
                none.pidsLimit(),
                none.blockIo(),
                none.hugePages(),
                none.network(),
                none.rdma(),
                none.unified(),
                List.of(rules));
    }

    @ParameterizedTest
    @EnumSource
    void isInUseWhileItHasMembersAndStays(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        int pid = join(cgroup);

        assertThatThrownBy(cgroup::checkUnused)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.ALREADY_EXISTS));
        assertThatThrownBy(() -> cgroup.delete(Duration.ofMillis(50))).hasMessageContaining("[" + pid + "]");
        assertThat(cgroup.processes()).containsExactly(pid);
    }

    /** A process that is frozen by a cgroup of its own, below the container's, dies only when that one is thawed. */
    @ParameterizedTest
    @EnumSource
    void isDestroyedWithMembersThatAreFrozenBelowIt(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        join(cgroup);
        Cgroup below = Cgroups.ofHost().open(below(cgroup.paths()));
        below.create();
        for (Path file : below.processFiles()) {
            Files.writeString(file, Long.toString(member.orElseThrow().pid()), StandardOpenOption.WRITE);
        }
        below.freeze(LIMIT);

        cgroup.destroy(LIMIT);

        assertThat(member.orElseThrow().waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(cgroup.processFiles()).noneMatch(Files::exists);
        cgroup.destroy(LIMIT);
    }

    private static CgroupPaths below(CgroupPaths paths) {
        return new CgroupPaths(paths.places().stream()
                .map(place -> new CgroupPlace(
                        place.controllers(),
                        place.mountPoint(),
                        place.directory().resolve("below")))
                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void isDestroyedWhileProcessesEnterIt(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        List<String> files = cgroup.processFiles().stream().map(Path::toString).toList();
        String entering = """
                for i in $(seq 500); do
                    [ -d ${1%/*} ] || break
                    (for f do echo 0 2>/dev/null >$f || exit; done; exec sleep 100) &
                    sleep 0.02
                done
                wait""";
        List<String> command = new ArrayList<>(List.of("sh", "-c", entering, "entering"));
        command.addAll(files);
        Process source = new ProcessBuilder(command).start();
        await().until(() -> cgroup.processes().size() > 3);

        cgroup.destroy(LIMIT);

        assertThat(source.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(cgroup.processFiles()).noneMatch(Files::exists);
    }

    @Test
    void isDestroyedWithThreadedCgroupsBelowIt() throws Exception {
        Cgroup cgroup = open(Kind.VERSION_2_ALONE);
        cgroup.create();
        int pid = join(cgroup);
        Path below =
                Files.createDirectory(cgroup.paths().unified().orElseThrow().resolve("below"));
        Files.writeString(below.resolve("cgroup.type"), "threaded", StandardOpenOption.WRITE);
        Files.writeString(below.resolve("cgroup.threads"), Integer.toString(pid), StandardOpenOption.WRITE);

        assertThat(cgroup.processes()).containsExactly(pid);
        cgroup.destroy(LIMIT);

        assertThat(member.orElseThrow().waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(cgroup.processFiles()).noneMatch(Files::exists);
    }

    /** In v1 whoever owns a cgroup could lift its limits. */
    @ParameterizedTest
    @EnumSource
    void isGivenToItsUserWhereVersion2IsAlone(Kind kind) throws Exception {
        Cgroup cgroup = open(kind);
        cgroup.create();
        cgroup.delegate(DelegationTest.delegated(directory));

        for (Path file : cgroup.processFiles()) {
            int owner = kind == Kind.VERSION_2_ALONE ? 100_007 : 0;
            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(owner);
            assertThat(Files.getAttribute(file.getParent(), "unix:uid")).isEqualTo(owner);
        }
        Path freeze = cgroup.paths().unified().orElseThrow().resolve("cgroup.freeze");
        assertThat(Files.getAttribute(freeze, "unix:uid")).isEqualTo(0);
    }
}
