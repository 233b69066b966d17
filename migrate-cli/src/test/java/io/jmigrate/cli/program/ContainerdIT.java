package io.jmigrate.cli.program;

import static io.jmigrate.cli.Called.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** containerd runs containers by this runtime through its shim, as it would by runc. */
class ContainerdIT {
    @TempDir
    private static Path directory;

    private static Containerd containerd;

    private final String id = Busybox.newId();

    @BeforeAll
    static void start() throws IOException {
        containerd = Containerd.in(directory);
    }

    @AfterAll
    static void stop() {
        if (containerd != null) {
            containerd.close();
        }
    }

    private Called run(List<String> options, String... command) {
        return containerd.call(containerd.running(options, id, command));
    }

    private static String ctr(String... words) {
        return said(containerd.ctr(words));
    }

    private String status() {
        return ctr("tasks", "ls")
                .lines()
                .filter(line -> line.startsWith(id))
                .map(line -> line.split("\\s+")[2])
                .findFirst()
                .orElse("none");
    }

    private void isRemoved() throws IOException {
        await().untilAsserted(() -> assertThat(status()).isEqualTo("STOPPED"));
        containerd.ctr("tasks", "rm", id);
        ctr("containers", "rm", id);
        assertThat(Podman.cgroups(id)).isEmpty();
        assertThat(containerd.path("runtime/default").resolve(id)).doesNotExist();
    }

    @Test
    void runsInTheForegroundWithItsOptions() {
        Called called = run(
                List.of(
                        "--rm",
                        "--read-only",
                        "--seccomp",
                        "--memory-limit=67108864",
                        "--cap-drop=CAP_NET_RAW",
                        "--cap-add=CAP_NET_ADMIN",
                        "--env=A=b",
                        "--cwd=/tmp",
                        "--mount=type=bind,src=/etc,dst=/data,options=rbind:ro"),
                "sh",
                "-c",
                "pwd; echo $A; touch /x /data/x; grep -E 'CapBnd|Seccomp:' /proc/self/status; exit 7");
        assertThat(called).isEqualTo(new Called(7, """
                /tmp
                b
                CapBnd:\t00000000a80415fb
                Seccomp:\t2
                """, """
                touch: /x: Read-only file system
                touch: /data/x: Read-only file system
                """));
        assertThat(run(List.of("--rm"), "nosuch").err())
                .contains("OCI runtime create failed: exec: \"nosuch\": executable file not found in $PATH: unknown");
    }

    @Test
    void executesLooksPausesAndKills() throws IOException {
        said(run(List.of("--detach"), "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.1; done"));
        assertThat(containerd.ctr(
                        "tasks",
                        "exec",
                        "--exec-id=e1",
                        "--user=5",
                        "--cwd=/tmp",
                        id,
                        "sh",
                        "-c",
                        "id -u; pwd; exit 5"))
                .isEqualTo(new Called(5, "5\n/tmp\n", ""));
        assertThat(containerd.ctr("tasks", "exec", "--exec-id=e2", id, "nosuch").err())
                .contains("executable file not found in $PATH");
        assertThat(ctr("tasks", "ps", id).lines()).hasSizeGreaterThan(1);
        ctr("tasks", "pause", id);
        assertThat(status()).isEqualTo("PAUSED");
        ctr("tasks", "resume", id);
        assertThat(status()).isEqualTo("RUNNING");
        ctr("tasks", "kill", id);
        isRemoved();
    }

    @Test
    void runsAndExecutesAtATerminal() throws IOException {
        AtTerminal terminal = AtTerminal.in(directory);
        List<String> steps = List.of(
                "expect / # ",
                "type tty; until stty size | grep '24 80'; do :; done\\r",
                "expect /dev/pts/0",
                "expect 24 80",
                "expect / # ",
                "type exit 6\\r");
        Called called = containerd.call(terminal.words(steps, containerd.running(List.of("--rm", "--tty"), id, "sh")));
        assertThat(called.status()).as(called.toString()).isEqualTo(6);
    }

    /** containerd pauses a container for its checkpoint. */
    @Test
    void checkpoints() throws IOException {
        Programs.require();
        said(run(List.of("--detach"), "sleep", "300"));
        Path images = directory.resolve("images");
        ctr("tasks", "checkpoint", "--image-path=" + images.resolve("left"), "--work-path=" + images.resolve("w"), id);
        assertThat(images.resolve("left/inventory.img")).exists();
        assertThat(status()).isEqualTo("RUNNING");
        ctr(
                "tasks",
                "checkpoint",
                "--exit",
                "--image-path=" + images.resolve("ended"),
                "--work-path=" + images.resolve("w2"),
                id);
        assertThat(Files.exists(images.resolve("ended/inventory.img"))).isTrue();
        isRemoved();
    }
}
