package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** podman of an ordinary user, which calls its runtime as root of a user namespace. */
class RootlessPodmanIT {
    private static final Path PODMAN = Path.of("/usr/bin/podman");
    private static final Path NOTHING = Path.of("/dev/null");
    private static final int NOBODY = 65_534;
    private static final String IDS = "nobody:300000:65536\n";

    @TempDir
    private Path directory;

    private InstalledProgram podman;
    private Path own;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isExecutable(PODMAN), "podman is not installed");
        OrdinaryUser user = OrdinaryUser.of(NOBODY).whoCanBeGrantedIds();
        own = user.directory(directory, "own");
        Files.writeString(own.resolve("containers.conf"), "[engine]\nlock_type = \"file\"\n");
        podman = InstalledProgram.in(own)
                .calling(user.actingGranted(directory, PODMAN, IDS))
                .with("USER", "nobody")
                .with("HOME", own.toString())
                .with("CONTAINERS_CONF", own.resolve("containers.conf").toString())
                .with(
                        "XDG_RUNTIME_DIR",
                        Files.createDirectory(own.resolve("run")).toString());
        Path archive = own.resolve("image.tar");
        Path rootfs = Busybox.bundle(directory, "true").resolve("rootfs");
        assertThat(new ProcessBuilder("tar", "-C", rootfs.toString(), "-cf", archive.toString(), ".")
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();
        user.give(own);
        assertThat(run("import", archive.toString(), "busybox").status()).isZero();
    }

    @AfterEach
    void close() {
        if (podman != null) {
            assertThat(run("rm", "--all", "--force", "--time=0").err()).isEmpty();
            assertThat(run("system", "migrate").err())
                    .as("ends the process that keeps the namespaces")
                    .isEmpty();
        }
    }

    private Called run(String... words) {
        List<String> all = new ArrayList<>(List.of(
                "--root=" + own.resolve("store"),
                "--runtime=" + InstalledProgram.FRONT,
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs",
                "--events-backend=none"));
        all.addAll(List.of(words));
        return podman.runPlain(NOTHING, all);
    }

    @Test
    void runsContainersByThisRuntime() {
        Called shown = run(
                "run",
                "--rm",
                "--network=none",
                "busybox",
                "sh",
                "-c",
                "id -u; cat /proc/self/uid_map; test -c /dev/null");
        assertThat(shown.status()).as(shown.toString()).isZero();
        assertThat(shown.out().replaceAll(" +", " ")).isEqualTo("0\n 0 65534 1\n 1 300000 65536\n");

        Called started = run("run", "--detach", "--name=web", "--network=none", "busybox", "sleep", "300");
        assertThat(started.status()).as(started.toString()).isZero();
        assertThat(run("exec", "--user=5", "web", "sh", "-c", "id -u; exit 3"))
                .extracting(Called::status, Called::out)
                .containsExactly(3, "5\n");
    }
}
