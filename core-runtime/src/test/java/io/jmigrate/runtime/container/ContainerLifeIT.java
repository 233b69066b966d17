package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The life of a container, as the commands of an OCI runtime lead it. */
class ContainerLifeIT extends OnRealHost {
    @Test
    void runsInTheForegroundAndReturnsTheExitCode() {
        assertThat(host.run(host.bundle().shell("echo hello; exit 7")))
                .satisfies(outcome -> assertThat(outcome.output()).containsExactly("hello"))
                .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7)));
        assertThat(host.containers().store().ids()).isEmpty();
    }

    @Test
    void reportsTheSignalThatEndedTheInit() {
        ExitStatus status =
                host.run(host.bundle().shell("sleep 0.1; kill -9 -1; exit 3")).status();

        assertThat(status.code()).isEqualTo(3);
    }

    @Test
    void goesFromCreatedThroughRunningToStopped() {
        ContainerId id = RealHost.newId();
        CreatedContainer created = host.create(id, host.bundle().shell("exit 0"));

        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Created.class);
        host.containers().start().start(id);
        created.init().exited().join();
        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Stopped.class);
        host.containers().delete().delete(new DeleteRequest(id, false));

        assertThat(host.leftovers(id)).isEmpty();
    }

    /** Whoever looks at the container afterwards, to dump it for example, finds nothing of the native init. */
    @RepeatedTest(10)
    void hasExecutedTheProgramWhenItIsStarted() {
        ContainerRecord record = host.start(host.bundle());

        ProcessRef init = record.state().init().orElseThrow();
        assertThat(ProcessTable.ofHost().isNativeInit(init)).isFalse();
    }

    @Test
    void killsDeletesAndLeavesNothing() {
        ContainerRecord record = host.start(host.bundle());
        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, false));
        await().atMost(Patience.LIMIT)
                .until(() -> host.containers().inspect(record.id()).state() instanceof ContainerState.Stopped);

        host.containers().delete().delete(new DeleteRequest(record.id(), false));

        assertThat(host.leftovers(record.id())).isEmpty();
    }

    @Test
    void deletesARunningContainerOnlyByForce() {
        ContainerRecord record = host.start(host.bundle());

        assertThatThrownBy(() -> host.containers().delete().delete(new DeleteRequest(record.id(), false)))
                .hasMessage("cannot delete container \"" + record.id() + "\": it is running");
        host.containers().delete().delete(new DeleteRequest(record.id(), true));

        assertThat(host.leftovers(record.id())).isEmpty();
    }

    @Test
    void refusesADuplicateId() {
        ContainerRecord record = host.start(host.bundle());

        assertThatThrownBy(() -> host.start(record.id(), host.bundle()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.ALREADY_EXISTS))
                .hasMessage("container \"" + record.id() + "\" exists already");
        assertThat(host.containers().inspect(record.id()).state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void refusesWhatTheStateForbids() {
        ContainerRecord record = host.start(host.bundle());
        String name = "container \"" + record.id() + "\"";

        assertThatThrownBy(() -> host.containers().start().start(record.id()))
                .hasMessage("cannot start " + name + ": it is running");
        assertThatThrownBy(() -> host.containers().pause().resume(record.id()))
                .hasMessage("cannot resume " + name + ": it is running");
        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, true));
        await().until(() -> host.containers().inspect(record.id()).state() instanceof ContainerState.Stopped);
        assertThatThrownBy(() -> host.containers().kill().kill(new KillRequest(record.id(), Signal.TERM, false)))
                .hasMessage("cannot kill " + name + ": it is stopped");
        assertThatThrownBy(() -> host.exec(record.id(), "/bin/true"))
                .hasMessage("cannot exec in " + name + ": it is stopped");
    }

    @Test
    void saysThatAContainerDoesNotExist() {
        ContainerId id = RealHost.newId();

        assertThatThrownBy(() -> host.containers().start().start(id))
                .hasMessage("container \"" + id + "\" does not exist");
        assertThatThrownBy(() -> host.containers().delete().delete(new DeleteRequest(id, false)))
                .hasMessage("container \"" + id + "\" does not exist");
        host.containers().delete().delete(new DeleteRequest(id, true));
    }

    @Test
    void namesAMissingProgramAsRuncDoesAndLeavesNothing() {
        ContainerId id = RealHost.newId();

        assertThatThrownBy(() -> host.create(id, host.bundle().running("nosuchprogram")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.COMMAND_NOT_FOUND))
                .hasMessageContaining("exec: \"nosuchprogram\": executable file not found in $PATH");
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void namesAProgramThatCanNotBeExecuted() throws Exception {
        TestBundle bundle = host.bundle().running("/data/plain");
        Files.writeString(bundle.rootfs().resolve("data/plain"), "text");

        assertThatThrownBy(() -> host.create(RealHost.newId(), bundle))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.NOT_EXECUTABLE));
    }

    @Test
    void pausesAndResumes() {
        ContainerRecord record = host.start(host.bundle());

        host.containers().pause().pause(record.id());
        assertThat(host.containers().state().state(record.id()).status()).isEqualTo("paused");
        assertThatThrownBy(() -> host.exec(record.id(), "/bin/true")).hasMessageEndingWith("it is paused");
        host.containers().pause().resume(record.id());

        assertThat(host.containers().state().state(record.id()).status()).isEqualTo("running");
        assertThat(host.exec(record.id(), "/bin/true").status().success()).isTrue();
    }

    @Test
    void killsAPausedContainer() {
        ContainerRecord record = host.start(host.bundle());
        host.containers().pause().pause(record.id());

        host.containers().kill().kill(new KillRequest(record.id(), Signal.KILL, false));

        await().until(() -> host.containers().inspect(record.id()).state() instanceof ContainerState.Stopped);
    }

    @Test
    void keepsAContainerWithItsExitCode() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = host.bundle().shell("exit 9");

        host.capture(streams -> host.containers()
                .run()
                .foreground(new RunRequest(CreateRequest.of(id, bundle.directory(), streams), true), _ -> {}));

        assertThat(host.containers().inspect(id).state()).isEqualTo(new ContainerState.Stopped(OptionalInt.of(9)));
    }

    @Test
    void listsProcesses() {
        ContainerRecord record = host.start(host.bundle());
        int pid = record.state().init().orElseThrow().pid();

        assertThat(host.containers().ps().pids(record.id())).containsExactly(pid);
        await().untilAsserted(() -> assertThat(host.containers().ps().table(record.id(), List.of()))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("/bin/sleep 1000")));
    }
}
