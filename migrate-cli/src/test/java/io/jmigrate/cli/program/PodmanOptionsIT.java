package io.jmigrate.cli.program;

import static io.jmigrate.cli.Called.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What podman asks of its runtime by the options of {@code podman run}, seen from inside, and what it asks later. */
class PodmanOptionsIT extends UnderPodman {
    @Test
    void areHeldInside() throws IOException {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.writeString(volume.resolve("file"), "shared\n");
        String look = "id -u; id -g; cat /v/file; touch /x 2>&1; touch /t/x && echo scratch; touch /v/x 2>&1;"
                + " grep CapEff /proc/self/status; cat /proc/1/comm; echo $GREETING; pwd";

        Called called = podman.make(
                "run",
                "--rm",
                "--init",
                "--user=1000:1001",
                "--read-only",
                "--tmpfs=/t:mode=1777",
                "--volume=" + volume + ":/v:ro",
                "--cap-drop=all",
                "--env=GREETING=hello",
                "--workdir=/t",
                IMAGE,
                "sh",
                "-c",
                look);

        assertThat(said(called)).isEqualTo("""
                        1000
                        1001
                        shared
                        touch: /x: Read-only file system
                        scratch
                        touch: /v/x: Read-only file system
                        CapEff:\t0000000000000000
                        podman-init
                        hello
                        /t
                        """);
    }

    @Test
    void addCapabilitiesAndLimitMemoryAndProcesses() {
        said(podman.make(
                "run",
                "--detach",
                "--name=web",
                "--cap-drop=all",
                "--cap-add=net_admin",
                "--memory=64m",
                "--pids-limit=50",
                IMAGE,
                "sleep",
                "300"));
        assertThat(said(podman.run("exec", "web", "grep", "CapBnd", "/proc/1/status")))
                .isEqualTo("CapBnd:\t0000000000001000\n");
        String pid =
                said(podman.run("inspect", "--format={{.State.Pid}}", "web")).strip();
        assertThat(limit(pid, "memory", "memory.limit_in_bytes", "memory.max")).isEqualTo(Long.toString(64 << 20));
        assertThat(limit(pid, "pids", "pids.max", "pids.max")).isEqualTo("50");

        said(podman.run("update", "--memory=96m", "web"));
        assertThat(limit(pid, "memory", "memory.limit_in_bytes", "memory.max")).isEqualTo(Long.toString(96 << 20));
        assertThat(said(podman.run("stats", "--no-stream", "--format={{.Name}} {{.PIDs}}", "web")))
                .isEqualTo("web 1\n");
    }

    /** Of the cgroup that a process is in, on either version. */
    private static String limit(String pid, String controller, String first, String second) {
        String script = "c=$(sed -n \"s/^[0-9]*:[^:]*\\b$1\\b[^:]*://p\" /proc/$0/cgroup); "
                + "if [ -n \"$c\" ]; then cat /sys/fs/cgroup/$1$c/$2; "
                + "else cat /sys/fs/cgroup$(sed -n 's/^0:://p' /proc/$0/cgroup)/$3; fi";
        return Programs.run("sh", "-c", script, pid, controller, first, second).strip();
    }
}
