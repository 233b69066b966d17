package io.jmigrate.cli.program;

import static io.jmigrate.cli.Called.said;
import static io.jmigrate.cli.program.Docker.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker runs containers by this runtime, as it would by runc. */
class DockerIT {
    private static final String SERVICE = "echo started; trap 'echo bye; exit 3' TERM; while :; do sleep 0.1; done";
    private static final String COUNT = "while :; do i=$((i+1)); echo $i > /count; sleep 0.1; done";

    @TempDir
    private static Path directory;

    private static Docker docker;

    @BeforeAll
    static void start() throws IOException {
        docker = Docker.in(directory);
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @AfterEach
    void clear() {
        docker.clear();
    }

    private static String inspect(String format) {
        return said(docker.run("inspect", "--format=" + format, "web")).strip();
    }

    private static void becomes(String format, String value) {
        await().untilAsserted(() -> assertThat(inspect(format)).isEqualTo(value));
    }

    private static String inside(String... command) {
        String[] words = new String[command.length + 2];
        words[0] = "exec";
        words[1] = "web";
        System.arraycopy(command, 0, words, 2, command.length);
        return said(docker.run(words));
    }

    @Test
    void runsInTheForegroundAndHandsStatusAndOutputOn() {
        assertThat(docker.make("run", "--rm", "--hostname=h", IMAGE, "sh", "-c", "hostname; echo no >&2; exit 7"))
                .isEqualTo(new Called(7, "h\n", "no\n"));
        Called missing = docker.make("run", "--rm", IMAGE, "nosuch");
        assertThat(missing.status()).isEqualTo(127);
        assertThat(missing.err()).contains("OCI runtime create failed: exec: \"nosuch\": executable file not found");
        assertThat(docker.make("run", "--rm", IMAGE, "/etc/passwd").status()).isEqualTo(126);
    }

    @Test
    void holdsItsOptionsInside() throws IOException {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.writeString(volume.resolve("file"), "shared\n");
        Path profile = Files.writeString(directory.resolve("profile.json"), """
                {"defaultAction": "SCMP_ACT_ALLOW",
                 "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}
                """);
        Called called = docker.make(
                "run",
                "--rm",
                "--init",
                "--user=1000:1001",
                "--read-only",
                "--tmpfs=/t",
                "--volume=" + volume + ":/v:ro",
                "--cap-drop=all",
                "--cap-add=net_admin",
                "--security-opt=seccomp=" + profile,
                "--security-opt=no-new-privileges",
                "--device=/dev/zero:/dev/nothing",
                "--ulimit=nofile=100:200",
                "--sysctl=net.ipv4.ip_forward=1",
                "--workdir=/data",
                IMAGE,
                "sh",
                "-c",
                "id -u; id -g; cat /v/file; touch /x /v/x 2>&1; pwd; touch /t/x && echo scratch; mkdir /t/y 2>&1;"
                        + " grep -E 'CapBnd|NoNew|Seccomp:' /proc/self/status; head -c 1 /dev/nothing | od -An -tx1;"
                        + " ulimit -n; cat /proc/sys/net/ipv4/ip_forward /proc/1/comm");
        assertThat(said(called)).isEqualTo("""
                        1000
                        1001
                        shared
                        touch: /x: Read-only file system
                        touch: /v/x: Read-only file system
                        /data
                        scratch
                        mkdir: can't create directory '/t/y': No space left on device
                        CapBnd:\t0000000000001000
                        NoNewPrivs:\t1
                        Seccomp:\t2
                         00
                        100
                        1
                        docker-init
                        """);
    }

    /** With all that it can have: a warning of what this host can't give goes to the daemon's log, not into the container's output. */
    @Test
    void sharesTheHostsNamespaces() throws IOException {
        Called called = docker.make(
                "run",
                "--rm",
                "--privileged",
                "--network=host",
                "--pid=host",
                "--ipc=host",
                "--uts=host",
                IMAGE,
                "sh",
                "-c",
                "for n in net pid ipc uts; do readlink /proc/self/ns/$n; done");
        StringBuilder host = new StringBuilder();
        for (String namespace : List.of("net", "pid", "ipc", "uts")) {
            host.append(Files.readSymbolicLink(Path.of("/proc/self/ns", namespace)))
                    .append('\n');
        }
        assertThat(called).isEqualTo(new Called(0, host.toString(), ""));
    }

    @Test
    void livesThroughAllCommands() throws IOException {
        String id = said(docker.make("run", "--detach", "--name=web", "--memory=64m", IMAGE, "sh", "-c", SERVICE))
                .strip();
        assertThat(docker.run("exec", "--user=5:6", "--workdir=/tmp", "web", "sh", "-c", "id -u; pwd; exit 5"))
                .isEqualTo(new Called(5, "5\n/tmp\n", ""));
        assertThat(docker.run("exec", "--privileged", "web", "true")).isEqualTo(new Called(0, "", ""));
        assertThat(docker.run("exec", "web", "nosuch").status()).isEqualTo(126);
        assertThat(said(docker.run("top", "web", "-o", "pid,args"))).contains("sh -c echo started");
        said(docker.run("update", "--memory=96m", "--memory-swap=-1", "web"));
        said(docker.run("pause", "web"));
        assertThat(inspect("{{.State.Status}}")).isEqualTo("paused");
        said(docker.run("unpause", "web"));
        said(docker.run("stop", "web"));
        assertThat(inspect("{{.State.Status}} {{.State.ExitCode}}")).isEqualTo("exited 3");
        assertThat(said(docker.run("logs", "web"))).isEqualTo("started\nbye\n");
        said(docker.run("start", "web"));
        assertThat(Podman.cgroups(id)).isNotEmpty();
        said(docker.run("kill", "web"));
        assertThat(said(docker.run("wait", "web"))).isEqualTo("137\n");
        said(docker.run("rm", "web"));
        assertThat(Podman.cgroups(id)).isEmpty();
    }

    @Test
    void runsAndExecutesAtATerminal() throws IOException {
        AtTerminal terminal = AtTerminal.in(directory);
        List<String> steps = List.of(
                "expect / # ",
                "type tty; until stty size | grep '24 80'; do :; done\\r",
                "expect /dev/pts/",
                "expect 24 80",
                "expect / # ",
                "type exit 6\\r");
        Called run =
                docker.atTerminal(terminal, steps, docker.making("run", "--rm", "--interactive", "--tty", IMAGE, "sh"));
        assertThat(run.status()).isEqualTo(6);
        said(docker.make("run", "--detach", "--name=web", IMAGE, "sleep", "300"));
        Called executed =
                docker.atTerminal(terminal, steps, docker.words("exec", "--interactive", "--tty", "web", "sh"));
        assertThat(executed.status()).as(executed.toString()).isEqualTo(6);
    }

    @Test
    void tellsWhatAContainerUsesAndThatItHadNoMemory() throws IOException {
        Containerd.requireCgroups();
        said(docker.make("run", "--detach", "--name=web", "--memory=64m", IMAGE, "sleep", "300"));
        assertThat(said(docker.run("stats", "--no-stream", "--format={{.Name}} {{.MemUsage}}", "web")))
                .startsWith("web ")
                .contains(" / 64MiB");
        docker.clear();
        docker.make("run", "--name=web", "--memory=16m", "--memory-swap=16m", IMAGE, "tail", "/dev/zero");
        assertThat(inspect("{{.State.OOMKilled}} {{.State.ExitCode}}")).isEqualTo("true 137");
    }

    @Test
    void looksAfterContainersThatFailOrFallIll() {
        said(docker.make("run", "--detach", "--name=web", "--restart=on-failure:1", IMAGE, "false"));
        becomes("{{.RestartCount}} {{.State.Status}} {{.State.ExitCode}}", "1 exited 1");
        docker.clear();
        said(docker.make(
                "run",
                "--detach",
                "--name=web",
                "--health-cmd=test -e /well",
                "--health-interval=1s",
                "--health-retries=1",
                IMAGE,
                "sleep",
                "300"));
        becomes("{{.State.Health.Status}}", "unhealthy");
        inside("touch", "/well");
        becomes("{{.State.Health.Status}}", "healthy");
    }

    @Test
    void checkpointsAndStartsFromACheckpoint() throws IOException {
        Programs.require();
        said(docker.make("run", "--detach", "--name=web", IMAGE, "sh", "-c", COUNT));
        await().until(() -> docker.run("exec", "web", "test", "-e", "/count").status() == 0);
        said(docker.run("checkpoint", "create", "--leave-running", "web", "first"));
        docker.requireThatAnArchiveFits(inspect("{{.Id}}"));
        said(docker.run("checkpoint", "create", "web", "second"));
        becomes("{{.State.Status}}", "exited");
        said(docker.run("cp", "web:/count", directory.resolve("count").toString()));
        // Docker takes the checkpoint from containerd and gives it back: refused as long as containerd has not
        // forgotten it
        await().untilAsserted(() -> said(docker.run("start", "--checkpoint=second", "web")));
        int before = number(Files.readString(directory.resolve("count")));
        await().untilAsserted(() -> assertThat(number(inside("cat", "/count"))).isGreaterThan(before));
        said(docker.run("kill", "web"));
        becomes("{{.State.Status}} {{.State.ExitCode}}", "exited 137");
    }

    /** Of a file that is written anew each time; 0 if it was caught in between. */
    private static int number(String text) {
        return text.isBlank() ? 0 : Integer.parseInt(text.strip());
    }
}
