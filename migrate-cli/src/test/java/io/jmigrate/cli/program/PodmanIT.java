package io.jmigrate.cli.program;

import static io.jmigrate.cli.Called.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** podman runs containers by this runtime, as it would by runc. */
class PodmanIT extends UnderPodman {
    private static final String SERVICE = "echo started; trap 'echo bye; exit 3' TERM; while :; do sleep 0.1; done";

    private String started() {
        return said(podman.make("run", "--detach", "--name", "web", IMAGE, "sh", "-c", SERVICE))
                .strip();
    }

    private String status() {
        return said(podman.run("inspect", "--format={{.State.Status}} {{.State.ExitCode}}", "web"));
    }

    @Test
    void runsInTheForegroundAndHandsStatusAndOutputOn() {
        Called called = podman.make("run", "--rm", "--hostname=h", IMAGE, "sh", "-c", "hostname; echo no >&2; exit 7");
        assertThat(called).isEqualTo(new Called(7, "h\n", "no\n"));
        assertThat(podman.make("run", "--rm", IMAGE, "/nosuch").status()).isEqualTo(127);
        assertThat(podman.make("run", "--rm", IMAGE, "/etc/passwd").status()).isEqualTo(126);
        assertThat(said(podman.run("ps", "--all", "--quiet"))).isEmpty();
    }

    @Test
    void executesInAContainerAndTellsHowItEnded() {
        started();
        assertThat(podman.run(
                        "exec",
                        "--user=5:6",
                        "--workdir=/tmp",
                        "--env=A=b",
                        "web",
                        "sh",
                        "-c",
                        "id -u; pwd; echo $A; exit 5"))
                .isEqualTo(new Called(5, "5\n/tmp\nb\n", ""));
        for (int i = 0; i < 3; i++) { // over before the runtime is
            assertThat(podman.run("exec", "web", "false").status()).isEqualTo(1);
            assertThat(podman.run("exec", "web", "true").status()).isZero();
        }
        assertThat(podman.run("exec", "web", "nosuch").status()).isEqualTo(127);
        assertThat(said(podman.run("top", "web", "args"))).contains("sh -c echo started");
    }

    @Test
    void filtersSystemCallsByPodmansProfileAnotherOneOrNone() throws IOException {
        Path profile = Files.writeString(directory.resolve("profile.json"), """
                {"defaultAction": "SCMP_ACT_ALLOW",
                 "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}
                """);
        String[] look = {IMAGE, "sh", "-c", "grep Seccomp: /proc/self/status; mkdir /x"};
        assertThat(podman.make("run", append(look, "--rm"))).isEqualTo(new Called(0, "Seccomp:\t2\n", ""));
        assertThat(podman.make("run", append(look, "--rm", "--security-opt=seccomp=unconfined")))
                .isEqualTo(new Called(0, "Seccomp:\t0\n", ""));
        assertThat(podman.make("run", append(look, "--rm", "--security-opt=seccomp=" + profile)))
                .isEqualTo(new Called(
                        1, "Seccomp:\t2\n", "mkdir: can't create directory '/x': No space left on device\n"));
    }

    private static String[] append(String[] command, String... options) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(command)).toArray(String[]::new);
    }

    @Test
    void stopsAndStartsAndKills() {
        started();
        await().untilAsserted(() -> assertThat(podman.run("logs", "web").out()).isEqualTo("started\n"));
        said(podman.run("pause", "web"));
        assertThat(status()).isEqualTo("paused 0\n");
        said(podman.run("unpause", "web"));
        said(podman.run("stop", "web"));
        assertThat(status()).isEqualTo("exited 3\n");
        assertThat(podman.run("logs", "web").out()).isEqualTo("started\nbye\n");
        said(podman.run("start", "web"));
        said(podman.run("kill", "--signal=KILL", "web"));
        assertThat(said(podman.run("wait", "web"))).isEqualTo("137\n");
        said(podman.run("rm", "web"));
        assertThat(said(podman.run("ps", "--all", "--quiet"))).isEmpty();
    }

    @Test
    void runsAndExecutesAtATerminal() throws IOException {
        AtTerminal terminal = AtTerminal.in(directory);
        Called run = podman.atTerminal(
                terminal,
                List.of(
                        "expect / # ",
                        "type tty; stty size\\r",
                        "expect /dev/pts/0",
                        "expect 24 80",
                        "expect / # ",
                        "type exit 6\\r"),
                podman.making("run", "--rm", "--interactive", "--tty", IMAGE, "sh"));
        assertThat(run.status()).as(run.toString()).isEqualTo(6);

        started();
        Called executed = podman.atTerminal(
                terminal,
                List.of("expect / # ", "type tty; exit 5\\r", "expect /dev/pts/"),
                "exec",
                "--interactive",
                "--tty",
                "web",
                "sh");
        assertThat(executed.status()).as(executed.toString()).isEqualTo(5);
    }

    @Test
    void leavesNothingOfAContainerThatIsRemoved() throws IOException {
        String id = started();
        assertThat(Podman.cgroups(id)).isNotEmpty();
        said(podman.run("rm", "--force", "--time=0", "web"));
        assertThat(Podman.cgroups(id)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(id);
        assertThat(Path.of("/run/jmigrate", id)).doesNotExist();
    }
}
