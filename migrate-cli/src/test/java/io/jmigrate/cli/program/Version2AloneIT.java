package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers where cgroups of version 2 are all that is mounted, whatever else this host has. */
class Version2AloneIT {
    private static final Called DONE = new Called(0, "", "");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Version2Alone host;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        host = Version2Alone.in(directory);
        program = host.program();
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    /** In a user namespace, with a view of its own cgroups. */
    private Path bundle(String script) throws IOException {
        Path bundle =
                TestImages.bundle(directory, "busybox", List.of("--first-id", "100000", "--", "sh", "-c", script));
        for (Path above : List.of(directory, bundle)) {
            above.toFile().setExecutable(true, false);
            above.toFile().setReadable(true, false);
        }
        return BundleConfig.change(bundle, Version2Alone::viewOfItsOwn);
    }

    @Test
    void makeCgroupsBelowTheirOwnAndCanNotLiftTheirLimits() throws IOException {
        Path bundle = bundle("""
                cd /sys/fs/cgroup && mkdir below && echo 0 > below/cgroup.procs && cat /proc/self/cgroup
                stat -c %u . cgroup.procs cgroup.freeze; echo 1 2>/dev/null > cgroup.freeze || echo no""");

        Called called = program.run("run", "--bundle", bundle.toString(), id);

        assertThat(called.err()).isEmpty();
        assertThat(called.out()).contains("0::/below\n").endsWith("\n0\n0\n65534\nno\n");
        assertThat(Podman.cgroups(id)).isEmpty();
    }

    @Test
    void arePausedResumedMeasuredAndRemovedWhilePaused() throws IOException {
        Path bundle =
                bundle("mkdir /sys/fs/cgroup/below; sleep 300 & echo $! > /sys/fs/cgroup/below/cgroup.procs; wait");
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id))
                .isEqualTo(DONE);
        await().until(() -> program.run("ps", "--format", "json", id).out().contains(","));

        assertThat(program.run("pause", id)).isEqualTo(DONE);
        assertThat(program.run("state", id).out()).contains("\"paused\"");
        assertThat(program.run("events", "--stats", id).out()).startsWith("{\"type\":\"stats\"");
        assertThat(program.run("resume", id)).isEqualTo(DONE);
        assertThat(program.run("state", id).out()).contains("\"running\"");
        assertThat(program.run("pause", id)).isEqualTo(DONE);
        assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);
        assertThat(Podman.cgroups(id)).isEmpty();
    }
}
