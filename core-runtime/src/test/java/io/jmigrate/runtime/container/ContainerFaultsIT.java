package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many at once, and commands that die half-way. */
class ContainerFaultsIT extends OnRealHost {
    @Test
    void runsTwentyContainersAtOnce() throws Exception {
        TestBundle bundle = host.bundle().shell("exit 5");
        List<Future<Integer>> codes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                codes.add(threads.submit(() -> host.run(bundle).status().code()));
            }
        }

        for (Future<Integer> code : codes) {
            assertThat(code.get()).isEqualTo(5);
        }
        assertThat(host.containers().store().ids()).isEmpty();
    }

    @Test
    void makesOneContainerWhenManyWantTheSameId() throws Exception {
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle();
        List<Future<Boolean>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                made.add(threads.submit(() -> starts(id, bundle)));
            }
        }

        int successes = 0;
        for (Future<Boolean> each : made) {
            successes += each.get() ? 1 : 0;
        }
        assertThat(successes).isEqualTo(1);
        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Running.class);
    }

    private boolean starts(ContainerId id, TestBundle bundle) {
        try {
            host.start(id, bundle);
            return true;
        } catch (Failure e) {
            assertThat(e.code()).isEqualTo(RuntimeCode.ALREADY_EXISTS);
            return false;
        }
    }

    @Test
    void takesAContainerForRunningWhoseStartWasKilledAsSoonAsItHadReleasedTheInit() throws IOException {
        ContainerId id = RealHost.newId();
        host.create(id, host.bundle().shell("exec sleep 300"));
        Path fifo = host.containers().store().execFifo(id);
        assertThat(Files.readString(fifo)).as("what the init writes").isEqualTo("0");

        await().untilAsserted(() ->
                assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Running.class));
        assertThat(fifo).exists();
        assertThatThrownBy(() -> host.containers().start().start(id)).hasMessageEndingWith("it is running");
        host.containers().delete().delete(new DeleteRequest(id, true));
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void repairsWhatACreateLeftThatWasKilledAfterTheReservation() {
        ContainerId id = RealHost.newId();
        try (NameLock _ = host.containers().store().lock(id)) {
            Blueprint blueprint =
                    Blueprint.toCreate(lifecycleHost(), id, host.bundle().directory(), false);
            host.containers().store().reserve(blueprint.record());
        }

        assertThatThrownBy(() -> host.containers().delete().delete(new DeleteRequest(id, false)))
                .hasMessageEndingWith("it is creating");
        host.containers().delete().delete(new DeleteRequest(id, true));

        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void repairsWhatACreateLeftThatWasKilledBetweenTheInitAndItsRecord() {
        ContainerId id = RealHost.newId();
        CreatedContainer created = host.create(id, host.bundle());
        host.containers().store().save(created.record().in(new ContainerState.Creating()));

        host.containers().delete().delete(new DeleteRequest(id, true));

        assertThat(created.init().exited().join().code()).isEqualTo(128 + Signal.KILL.number());
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void survivesTheDeathOfTheLauncherThatStartedIt() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle();
        try (FrontConnection other = Launchers.open(RealHost.NATIVE.resolve("jmigrate"))) {
            Containers containers = Containers.at(host.root(), other, RealHost.NATIVE);
            host.capture(streams -> {
                containers.run().detached(CreateRequest.of(id, bundle.directory(), streams));
                return new ExitStatus.Exited(0);
            });
        }

        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Running.class);
        host.containers().delete().delete(new DeleteRequest(id, true));
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void runsOnWhenTheFrontDiesThatWaitsForIt() throws Exception {
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle();
        FrontConnection front = Launchers.open(RealHost.NATIVE.resolve("jmigrate"));
        Containers containers = Containers.at(host.root(), front, RealHost.NATIVE);

        assertThatThrownBy(() -> host.capture(streams -> containers
                        .run()
                        .foreground(
                                new RunRequest(CreateRequest.of(id, bundle.directory(), streams), false),
                                _ -> Thread.startVirtualThread(front::close))))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot wait for container \"" + id + "\", which runs on: the front is gone");
        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void needsItsBundleNoMoreThanItsProcessesDo() throws Exception {
        TestBundle bundle = host.bundle();
        ContainerRecord record = host.start(bundle);
        Files.writeString(bundle.directory().resolve("config.json"), "{}");

        assertThat(host.exec(record.id(), "/bin/hostname").output()).containsExactly("testhost");
        Files.delete(bundle.directory().resolve("config.json"));
        assertThat(host.exec(record.id(), "/bin/hostname").output()).containsExactly("testhost");
    }

    @Test
    void repairsATornState() throws Exception {
        ContainerRecord record = host.start(host.bundle());
        int pid = record.state().init().orElseThrow().pid();
        Files.writeString(host.root().resolve(record.id().value()).resolve("state.json"), "{\"version\": 1, \"id");

        assertThatThrownBy(() -> host.containers().inspect(record.id()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.STATE_UNREADABLE));
        assertThat(host.containers().list().list().unreadable()).hasSize(1);
        host.containers().delete().delete(new DeleteRequest(record.id(), true));

        assertThat(Processes.find(pid).filter(Processes::alive)).isEmpty();
        assertThat(host.leftovers(record.id())).isEmpty();
    }

    @Test
    void refusesCgroupsThatBelongToOthersAndLeavesThemAlone() {
        TestBundle shared = host.bundle()
                .changed(config -> config.withObject("linux").put("cgroupsPath", "/jm-shared-" + RealHost.newId()));
        ContainerRecord first = host.start(shared);

        assertThatThrownBy(() -> host.start(shared))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.ALREADY_EXISTS));
        assertThatThrownBy(() -> host.start(host.bundle()
                        .changed(config -> config.withObject("linux").put("cgroupsPath", "/"))))
                .hasMessageContaining("the cgroup of the whole host");
        assertThat(host.containers().inspect(first.id()).state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void undoesACreationWhoseNetworkCanNotBeMade() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle()
                .changed(
                        config -> config.putObject("annotations")
                                .put(
                                        "io.jmigrate.network",
                                        "{\"interfaces\":[{\"name\":\"eth0\",\"bridge\":\"jmnosuch\",\"address\":[\"10.1.2.3/24\"]}]}"));

        assertThatThrownBy(() -> host.create(id, bundle))
                .hasMessageContaining("cannot attach the container to its network");
        assertThat(host.leftovers(id)).isEmpty();
    }

    private LifecycleHost lifecycleHost() {
        return new LifecycleHost(
                host.containers().store(),
                ProcessTable.ofHost(),
                Cgroups.ofHost(),
                CgroupHierarchies::place,
                host.launcher(),
                RealHost.NATIVE.resolve("jmigrate-init"),
                _ -> {},
                Rights.ROOT,
                (int) ProcessHandle.current().pid());
    }
}
