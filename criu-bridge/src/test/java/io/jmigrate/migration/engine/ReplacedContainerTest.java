package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.DepartureMark;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes a container while it leaves, and makes another one of its name. */
class ReplacedContainerTest {
    private static final ContainerId ID = ContainerId.of("web");
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05.678901234Z");

    @TempDir
    private Path root;

    private MigrationHost host;
    private ContainerHere container;
    private LocalSource local;
    private RestartingSource restarting;

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

    @BeforeEach
    void leave() throws IOException {
        Launcher launcher = new NoLauncher();
        host = new MigrationHost(
                root,
                Containers.at(root, launcher, Path.of("/")),
                launcher,
                () -> {
                    throw new AssertionError("CRIU is not needed");
                },
                Optional.empty());
        make(T0, ProcessHandle.current().pid());
        container = new ContainerHere(host, ID, MigrationId.random(), NetworkTerms.KEEP);
        local = new LocalSource(container, Optional.empty());
        restarting = RestartingSource.of(container, StopTerms.USUAL);
    }

    /** @param pid of its init, of which only the number counts */
    private void make(Instant created, long pid) throws IOException {
        Path directory = Files.createDirectories(host.containers().store().directory(ID));
        Files.writeString(directory.resolve("state.json"), """
                {"version":1,"id":"web","ociVersion":"1.0.2","bundle":"%s","rootfs":"%s","created":"%s","ownerUid":0,
                "annotations":{},"state":{"status":"running","pid":%d,"startTime":%s},"cgroups":[],"restored":false}
                """.formatted(
                        root, root, created, pid, ThisHost.process().startTime()));
    }

    @Test
    void isStillThereAsLongAsItsRecordIs() {
        assertThat(container.now()).isPresent();
        container.requireSame();
        assertThat(restarting.alive()).isTrue();
        assertThat(restarting.hasEnded()).isFalse();
    }

    @Test
    void isKnownByTheTimeWhenItWasMade() {
        SourceRecord entry = new SourceRecord(
                        MigrationId.random(),
                        ID.value(),
                        "node-b:7000",
                        false,
                        ThisHost.process(),
                        container.init(),
                        new SourceState.Frozen(),
                        T0.minusSeconds(60), // the clock was put back
                        T0)
                .by(MigrateMode.RESTART);

        assertThat(container.isOf(entry.madeAt(T0))).isTrue();
        assertThat(container.isOf(entry.madeAt(T0.minusSeconds(120)))).isFalse();
    }

    @Test
    void leavesTheOtherOneAlone() throws IOException {
        make(T0.plusNanos(1), ProcessHandle.current().pid());
        DepartureMark others = DepartureMark.of(host.containers().store(), ID);
        others.write(new DepartureMark.Content(MigrationId.random().toString(), false));
        local.thaw();
        assertThat(others.read()).isPresent();
        others.remove();

        assertThatThrownBy(container::requireSame).hasMessageContaining("container \"web\" was deleted");
        assertThat(container.throttle().isAsConfigured()).isTrue();
        assertThatThrownBy(restarting::stop).hasMessage("container \"web\" was deleted meanwhile");
        restarting.killFrozen();
        restarting.thaw();
        restarting.linkDown();
        restarting.linkUp();
        local.killFrozen();
        container.delete();

        assertThat(restarting.alive()).isFalse();
        assertThat(restarting.hasEnded()).isTrue();
        assertThat(host.containers().store().find(ID).orElseThrow().created()).isEqualTo(T0.plusNanos(1));
        assertThat(host.containers().inspect(ID).state().word()).isEqualTo("running");
    }
}
