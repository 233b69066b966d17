package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operations do in which state, on a host that only remembers. */
class OperationsTest {
    private static final ContainerId ID = ContainerId.of("web");
    private static final ProcessRef INIT = new ProcessRef(4711, 998877);

    @TempDir
    Path root;

    private final RecordingCgroup cgroup = new RecordingCgroup();
    private final FakeProcesses processes = new FakeProcesses();
    private LifecycleHost host;

    @BeforeEach
    void makeHost() {
        host = new LifecycleHost(
                new ContainerStore(root),
                processes,
                _ -> cgroup,
                CgroupHierarchies::place,
                new NoLauncher(),
                Path.of("jmigrate-init"),
                _ -> {},
                Rights.ROOT,
                1);
        processes.living.add(INIT);
        processes.leading.add(INIT);
        processes.waiting.add(INIT);
    }

    private static final class NoLauncher implements Launcher {
        @Override
        public Child launch(Launch request) {
            throw new AssertionError("nothing is to be launched");
        }

        @Override
        public Child adopt(int pid) {
            throw new AssertionError("nothing is to be adopted");
        }

        @Override
        public void leaveChildren() {}
    }

    private void save(ContainerState state) {
        save(state, StateJsonTest.record(state).cgroup());
    }

    private void save(ContainerState state, CgroupPaths cgroup) {
        ContainerRecord full = StateJsonTest.record(state);
        ContainerRecord record = new ContainerRecord(
                ID,
                full.ociVersion(),
                full.bundle(),
                full.rootfs(),
                full.created(),
                full.ownerUid(),
                Map.of(),
                state,
                cgroup,
                Optional.empty(),
                Optional.empty(),
                false);
        try (NameLock _ = host.store().lock(ID)) {
            host.store().reserve(record);
        }
    }

    private ContainerState state() {
        return host.status().refresh(host.store().load(ID)).state();
    }

    @Test
    void findsTheProcessesOfAContainerWithoutCgroupByItsPidNamespace() {
        ProcessRef other = new ProcessRef(INIT.pid() + 1, 1);
        processes.living.add(other);
        save(new ContainerState.Running(INIT), new CgroupPaths(List.of()));

        assertThat(new ListProcesses(host).pids(ID)).containsExactly(INIT.pid(), other.pid());
        new KillContainer(host).kill(new KillRequest(ID, Signal.TERM, true));
        assertThat(processes.signals).hasSize(2);
        assertThat(cgroup.calls).isEmpty();

        processes.living.clear();
        assertThat(new ListProcesses(host).pids(ID)).isEmpty();
    }

    @Test
    void nothingIsLeftOfAContainerThatTheMachineFailsToMake() {
        ContainerRecord record = StateJsonTest.record(new ContainerState.Creating());
        Reservation reservation;
        try (NameLock _ = host.store().lock(record.id())) {
            reservation = Reservation.of(host, record);
            assertThatThrownBy(() -> reservation.fill(() -> {
                        throw new OutOfMemoryError("heap");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("heap");
        }
        assertThat(host.store().find(record.id())).isEmpty();
    }

    @Test
    void takesAContainerForStoppedWhenItsInitIsGone() {
        save(new ContainerState.Running(INIT));
        processes.living.clear();

        assertThat(state()).isEqualTo(new ContainerState.Stopped(OptionalInt.empty()));
    }

    @Test
    void doesNotTakeAnotherProcessOfTheSamePidForTheInit() {
        save(new ContainerState.Running(INIT));
        processes.living.clear();
        processes.living.add(new ProcessRef(INIT.pid(), INIT.startTime() + 1));

        assertThat(state()).isInstanceOf(ContainerState.Stopped.class);
    }

    @Test
    void takesAContainerForStartedWhenItsFifoIsGone() throws IOException {
        save(new ContainerState.Created(INIT));
        Files.createFile(host.store().execFifo(ID));
        assertThat(state()).isEqualTo(new ContainerState.Created(INIT));

        Files.delete(host.store().execFifo(ID));
        assertThat(state()).isEqualTo(new ContainerState.Running(INIT));
    }

    @Test
    void takesAContainerForStartedWhoseStartWasKilledBeforeItRemovedTheFifo() throws IOException {
        save(new ContainerState.Created(INIT));
        Files.createFile(host.store().execFifo(ID));
        processes.waiting.clear();

        assertThat(state()).isEqualTo(new ContainerState.Running(INIT));
    }

    @Test
    void takesAContainerForPausedWhenItsCgroupIsFrozen() {
        save(new ContainerState.Running(INIT));

        new PauseContainer(host).pause(ID);
        assertThat(state()).isEqualTo(new ContainerState.Paused(INIT, true));
        new PauseContainer(host).resume(ID);
        assertThat(state()).isEqualTo(new ContainerState.Running(INIT));
    }

    @Test
    void pausesAContainerThatWaitsForItsStart() throws IOException {
        save(new ContainerState.Created(INIT));
        Files.createFile(host.store().execFifo(ID));

        new PauseContainer(host).pause(ID);
        assertThat(state()).isEqualTo(new ContainerState.Paused(INIT, false));
        assertThatThrownBy(() -> new StartContainer(host).start(ID)).hasMessageContaining("it is paused");
        new PauseContainer(host).resume(ID);
        assertThat(state()).isEqualTo(new ContainerState.Created(INIT));
    }

    @Test
    void sendsASignalToTheInitAloneOrToAll() {
        save(new ContainerState.Running(INIT));

        new KillContainer(host).kill(new KillRequest(ID, Signal.TERM, false));
        assertThat(processes.signals).containsExactly("SIGTERM to 4711");
        new KillContainer(host).kill(new KillRequest(ID, Signal.HUP, true));
        assertThat(cgroup.calls).containsExactly("signal SIGHUP");
    }

    @Test
    void thawsWhatItKills() {
        save(new ContainerState.Paused(INIT, true));

        new KillContainer(host).kill(new KillRequest(ID, Signal.KILL, false));

        assertThat(processes.signals).containsExactly("SIGKILL to 4711");
        assertThat(cgroup.calls).containsExactly("thaw");
    }

    @Test
    void leavesAContainerThatMayHaveBeenGivenAwayToItsMigration() {
        save(new ContainerState.Running(INIT));
        new PauseContainer(host).pause(ID);
        cgroup.calls.clear();
        DepartureMark mark = DepartureMark.of(host.store(), ID);
        mark.write(new DepartureMark.Content("4f1c", false));

        isGivenAway(() -> new PauseContainer(host).resume(ID), "cannot resume container \"web\": the migration 4f1c");
        isGivenAway(() -> new StartContainer(host).start(ID), "cannot start");
        isGivenAway(() -> new DeleteContainer(host).delete(new DeleteRequest(ID, false)), "cannot delete");
        isGivenAway(
                () -> new StopContainer(host).stop(new StopRequest(ID, Signal.TERM, Duration.ofSeconds(1))),
                "cannot stop");
        assertThat(cgroup.calls).isEmpty();

        new KillContainer(host).kill(new KillRequest(ID, Signal.KILL, false));
        assertThat(cgroup.calls)
                .as("none of it runs between the thaw and its death")
                .containsExactly("signal SIGKILL", "thaw");
    }

    private static void isGivenAway(ThrowingCallable act, String message) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.GIVEN_AWAY))
                .hasMessageStartingWith(message);
    }

    @Test
    void doesNotMindTheMarkOfAMigrationOnAContainerThatRuns() {
        save(new ContainerState.Running(INIT));
        DepartureMark mark = DepartureMark.of(host.store(), ID);
        mark.write(new DepartureMark.Content("4f1c", true));
        assertThat(mark.read()).contains(new DepartureMark.Content("4f1c", true));

        new PauseContainer(host).pause(ID);
        mark.remove();
        new PauseContainer(host).resume(ID);

        assertThat(mark.read()).isEmpty();
        assertThat(state()).isEqualTo(new ContainerState.Running(INIT));
    }

    @Test
    void killsAllWhereTheEndOfTheInitEndsNobodyElse() {
        processes.leading.remove(INIT);
        save(new ContainerState.Running(INIT));

        new KillContainer(host).kill(new KillRequest(ID, Signal.TERM, false));
        assertThat(cgroup.calls).isEmpty();
        new KillContainer(host).kill(new KillRequest(ID, Signal.KILL, false));

        assertThat(cgroup.calls).containsExactly("signal SIGKILL", "thaw");
    }

    @Test
    void refusesToStartWhatIsNotCreated() {
        save(new ContainerState.Running(INIT));

        assertThatThrownBy(() -> new StartContainer(host).start(ID))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.WRONG_STATE))
                .hasMessage("cannot start container \"web\": it is running");
    }

    @Test
    void killsAndRemovesTheCgroupBeforeTheRecord() {
        save(new ContainerState.Running(INIT));

        assertThatThrownBy(() -> new DeleteContainer(host).delete(new DeleteRequest(ID, false)))
                .hasMessage("cannot delete container \"web\": it is running");
        assertThat(cgroup.calls).isEmpty();
        new DeleteContainer(host).delete(new DeleteRequest(ID, true));

        assertThat(cgroup.calls).containsExactly("destroy");
        assertThat(host.store().ids()).isEmpty();
    }

    @Test
    void leavesAnotherContainerAloneThatHasGotTheName() {
        save(new ContainerState.Running(INIT));
        ContainerRecord found = host.store().load(ID);
        ContainerRecord earlier = new ContainerRecord(
                ID,
                found.ociVersion(),
                found.bundle(),
                found.rootfs(),
                found.created().minusNanos(1),
                found.ownerUid(),
                Map.of(),
                found.state(),
                found.cgroup(),
                Optional.empty(),
                Optional.empty(),
                false);

        new DeleteContainer(host).delete(DeleteRequest.onlyByForce(earlier));
        assertThat(host.store().ids()).containsExactly(ID);
        assertThatThrownBy(() -> new StopContainer(host).stop(StopRequest.only(earlier, Signal.TERM, Duration.ZERO)))
                .hasMessage("container \"web\" was deleted, and another one has its name");
        processes.living.clear();
        assertThatThrownBy(() -> new StartAgain(host).run(earlier, null)).hasMessageContaining("another one");
        assertThat(processes.signals).isEmpty();
        assertThat(cgroup.calls).isEmpty();

        new DeleteContainer(host).delete(DeleteRequest.onlyByForce(found));
        assertThat(host.store().ids()).isEmpty();
        new DeleteContainer(host).delete(DeleteRequest.onlyByForce(found));
    }

    @Test
    void removesAHalfMadeContainerOnlyByForce() {
        save(new ContainerState.Creating());

        assertThatThrownBy(() -> new DeleteContainer(host).delete(new DeleteRequest(ID, false)))
                .hasMessage("cannot delete container \"web\": it is creating");
        new DeleteContainer(host).delete(new DeleteRequest(ID, true));
        assertThat(host.store().ids()).isEmpty();
    }

    @Test
    void listsContainersInRuncsColumns() {
        save(new ContainerState.Running(INIT));
        List<ContainerRecord> found = new ListContainers(host).list().containers();

        assertThat(ContainerTable.text(found).lines())
                .hasSize(2)
                .first()
                .isEqualTo("ID          PID         STATUS      BUNDLE         CREATED                          OWNER");
        assertThat(ContainerTable.text(found))
                .contains("web         4711        running     /bundles/web   2026-11-24T04:10:27.502870588Z   ");
        assertThat(ContainerTable.json(found)).startsWith("[{\"ociVersion\":\"1.0.2\",\"id\":\"web\",\"pid\":4711");
        assertThat(ContainerTable.ids(found)).isEqualTo("web\n");
        assertThat(ContainerTable.json(List.of())).isEqualTo("[]");
    }

    @Test
    void picksTheContainersLinesFromPs() {
        List<String> lines = List.of("USER   PID CMD", "root  4711 sleep", "root     1 init", "root 47110 other");

        assertThat(ListProcesses.select(lines, Set.of(4711))).containsExactly("USER   PID CMD", "root  4711 sleep");
        assertThatThrownBy(() -> ListProcesses.select(List.of("A B"), Set.of()))
                .hasMessage("ps has printed no column PID");
    }

    @Test
    void replacesVariablesThatAreGivenAnew() {
        assertThat(ExecProcesses.merge(List.of("A=1", "B=2"), List.of("B=3", "C=4", "B=5")))
                .containsExactlyInAnyOrder("A=1", "B=5", "C=4");
    }

    @Test
    void namesCgroupsOfOtherRootsApart() {
        assertThat(Blueprint.hostName(Path.of("/run/jmigrate"), ID)).isEqualTo("web");
        assertThat(Blueprint.hostName(Path.of("/srv/a"), ID))
                .startsWith("web-")
                .isNotEqualTo(Blueprint.hostName(Path.of("/srv/b"), ID));
    }
}
