package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Containers that are ended and started anew as the same ones, and such that are held before they start. */
class StoppedContainerIT extends OnRealHost {
    private static final String HEEDS_TERM =
            "trap 'echo told > /data/told; exit 0' TERM; echo > /data/ready; while :; do sleep 0.02; done";
    private static final String IGNORES_TERM = "trap '' TERM; echo > /data/ready; while :; do sleep 0.02; done";

    private TestBundle writable(String script) {
        return host.bundle()
                .changed(config -> ((ObjectNode) config.get("root")).put("readonly", false))
                .shell(script);
    }

    private ContainerRecord ready(TestBundle bundle) throws IOException {
        ContainerRecord record = host.start(bundle);
        await().atMost(Patience.LIMIT).until(() -> Files.exists(bundle.rootfs().resolve("data/ready")));
        return record;
    }

    private void stop(ContainerRecord record, Duration grace) {
        host.containers().stop().stop(new StopRequest(record.id(), Signal.TERM, grace));
    }

    private ContainerRecord startAgain(ContainerRecord record) {
        return withStreams(streams -> host.containers().startAgain().run(record, streams));
    }

    private interface Making<R> {
        R with(StandardStreams streams);
    }

    private static <R> R withStreams(Making<R> making) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            return making.with(new StandardStreams(nothing, nothing, nothing));
        }
    }

    @Test
    void asksAProgramToEndAndLeavesNoProcess() throws IOException {
        TestBundle bundle = writable(HEEDS_TERM);
        ContainerRecord record = ready(bundle);

        stop(record, Patience.LIMIT);

        assertThat(bundle.rootfs().resolve("data/told")).exists();
        assertThat(host.containers().inspect(record.id()).state()).isInstanceOf(ContainerState.Stopped.class);
        assertThat(host.containers().cgroup(record).processes()).isEmpty();
        assertThatThrownBy(() -> stop(record, Patience.LIMIT)).hasMessageEndingWith("it is stopped");
    }

    @Test
    void killsAProgramThatDoesNotHeed() throws IOException {
        ContainerRecord record = ready(writable(IGNORES_TERM));

        stop(record, Duration.ofMillis(50));

        assertThat(Processes.alive(record.state().init().orElseThrow())).isFalse();
        assertThat(host.containers().inspect(record.id()).state()).isInstanceOf(ContainerState.Stopped.class);
    }

    @Test
    void startsItAgainAsTheSameContainer() throws IOException {
        ContainerRecord record = ready(writable(HEEDS_TERM));
        assertThatThrownBy(() -> startAgain(record)).hasMessageEndingWith("it is running");
        stop(record, Patience.LIMIT);

        ContainerRecord again = startAgain(record);

        assertThat(again.created()).isEqualTo(record.created());
        assertThat(again.state().init()).isNotEqualTo(record.state().init());
        assertThat(again.cgroup()).isEqualTo(record.cgroup());
        assertThat(host.containers().inspect(record.id()).state()).isInstanceOf(ContainerState.Running.class);
        host.containers().delete().delete(new DeleteRequest(record.id(), true));
        assertThat(host.leftovers(record.id())).isEmpty();
    }

    @Test
    void staysStoppedIfItCannotBeStartedAgain() throws IOException {
        TestBundle bundle = writable(HEEDS_TERM);
        ContainerRecord record = ready(bundle);
        stop(record, Patience.LIMIT);
        Path shell = bundle.rootfs().resolve("bin");
        Files.move(shell, bundle.rootfs().resolve("away"));

        assertThatThrownBy(() -> startAgain(record)).isInstanceOf(Failure.class);

        assertThat(host.containers().inspect(record.id()).state()).isInstanceOf(ContainerState.Stopped.class);
        Files.move(bundle.rootfs().resolve("away"), shell);
        assertThat(startAgain(record).state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void holdsOneUntilItIsStarted() throws IOException {
        TestBundle bundle = writable(HEEDS_TERM);
        ContainerId id = RealHost.newId();
        Path ready = bundle.rootfs().resolve("data/ready");

        withStreams(streams -> {
            try (HeldContainer held =
                    host.containers().create().hold(CreateRequest.of(id, bundle.directory(), streams))) {
                assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Creating.class);
                assertThat(Processes.alive(held.init())).isTrue();
                assertThat(ready).doesNotExist();
                return held.start();
            }
        });

        await().atMost(Patience.LIMIT).until(() -> Files.exists(ready));
        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Running.class);
    }

    @Test
    void keepsOneWhoseHolderAndInitHaveEnded() throws IOException {
        TestBundle bundle = writable(HEEDS_TERM);
        ContainerId id = RealHost.newId();
        HeldContainer held = withStreams(
                streams -> host.containers().create().hold(CreateRequest.of(id, bundle.directory(), streams)));
        Processes.killIfAlive(held.init(), Signal.KILL);
        await().atMost(Patience.LIMIT).until(() -> !Processes.alive(held.init()));

        held.end();

        assertThat(host.containers().inspect(id).state()).isInstanceOf(ContainerState.Stopped.class);
        assertThat(bundle.rootfs().resolve("data/ready")).doesNotExist();
    }

    @Test
    void leavesNothingOfOneThatIsNotStarted() throws IOException {
        TestBundle bundle = writable(HEEDS_TERM);
        ContainerId id = RealHost.newId();

        withStreams(streams -> host.containers().create().hold(CreateRequest.of(id, bundle.directory(), streams)))
                .close();

        assertThat(bundle.rootfs().resolve("data/ready")).doesNotExist();
        assertThat(host.leftovers(id)).isEmpty();
    }
}
