package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that comes back as another one: everything of it that may be other is other at once. */
@Timeout(180)
class RestoreVariationsIT extends InOneService {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** A server at an address, one at a port of any address, and a client whose question comes after the restore. */
    private static final String SERVE = """
            mkdir /www; echo hello > /www/page
            httpd -f -p 127.0.0.5:8080 -h /www &
            httpd -f -p 9090 -h /www &
            until grep -q 0500007F:1F90 /proc/net/tcp; do sleep 0.05; done
            { until [ -e /go ]; do sleep 0.05; done; printf 'GET /page HTTP/1.0\\r\\n\\r\\n'; sleep 300; } |
                nc 127.0.0.5 8080 > /answer &
            wait
            """;

    private final String other = Busybox.newId();
    private final Path parent = Path.of("jm-" + other);
    private Path bundle;
    private Path second;

    @BeforeEach
    void run() throws IOException {
        Busybox.requireContainers();
        CheckpointingPodman.criu(); // skips where there is none
        program = InstalledProgram.in(directory).served();
        Path first = Files.createDirectory(directory.resolve("first"));
        second = Files.createDirectory(directory.resolve("second"));
        Files.writeString(first.resolve("which"), "first\n");
        Files.writeString(second.resolve("which"), "second\n");
        bundle = MountedBundle.in(directory, "sh", "-c", SERVE)
                .mounting("/data", "bind", first.toString(), "rbind")
                .path();
        start(bundle);
        await().atMost(LIMIT).until(() -> sockets(id).contains("0500007F:1F90 01"));
    }

    @AfterEach
    void removeCgroups() throws IOException {
        program.run("delete", "--force", other);
        for (Path each : parents()) {
            Files.delete(each);
        }
    }

    /** The cgroups that containers are to be in, one in each hierarchy that has it. */
    private List<Path> parents() throws IOException {
        try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
            return Stream.concat(Stream.of(CGROUPS), hierarchies)
                    .map(hierarchy -> hierarchy.resolve(parent))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private String inside(String container, String script) {
        return program.run("exec", container, "sh", "-c", script).out();
    }

    /** Address, port and state of each TCP socket, as the kernel writes them (proc_net_tcp(5)). */
    private String sockets(String container) {
        return inside(
                container,
                "while read -r n here there state rest; do echo $here $state; done < /proc/net/tcp;"
                        + " while read -r n here there state rest; do echo $here $state; done < /proc/net/tcp6");
    }

    @Test
    void allOfThemTogether() throws IOException {
        succeed("checkpoint", "--image-path", "images", id);
        Path copy = directory.resolve("copy");
        Programs.run("cp", "-a", bundle.toString(), copy.toString());
        Called nowhere = program.run(
                "restore",
                "-d",
                "--bundle",
                copy.toString(),
                "--image-path",
                "images",
                "--address",
                "10.9.0.1=10.9.0.2",
                "--cgroup-parent",
                "/" + parent,
                other);
        assertThat(nowhere.err())
                .contains("no socket in the images and no interface of the bundle has the address 10.9.0.1");
        assertThat(parents()).isEmpty();
        assertThat(program.run("list", "--quiet").out()).isEmpty();

        succeed(
                "restore",
                "--detach",
                "--bundle",
                copy.toString(),
                "--image-path",
                "images",
                "--pid-file",
                "pid",
                "--remap-mount",
                directory.resolve("first") + "=" + second,
                "--cgroup-parent",
                "/" + parent,
                "--hostname",
                "elsewhere",
                "--port",
                "9090=9191",
                "--address",
                "127.0.0.5=127.0.0.6",
                other);

        assertThat(program.run("list", "--quiet").out()).isEqualTo(other + "\n");
        assertThat(inside(other, "hostname; cat /data/which")).isEqualTo("elsewhere\nsecond\n");
        String pid = Files.readString(directory.resolve("pid"));
        assertThat(Path.of("/proc/" + pid + "/cgroup")).content().contains(":/" + parent + "/" + other + "\n");
        assertThat(sockets(other))
                .contains("0600007F:1F90 0A", "0600007F:1F90 01", ":23E7 0A")
                .doesNotContain("0500007F", ":2382");

        assertThat(inside(other, "touch /go; until [ -s /answer ]; do sleep 0.05; done; tail -n 1 /answer"))
                .as("its own connection lives")
                .isEqualTo("hello\n");
        assertThat(copy.resolve("rootfs/answer")).isNotEmptyFile();
        for (String place : new String[] {"127.0.0.6 8080", "127.0.0.1 9191"}) {
            assertThat(inside(other, "printf 'GET /page HTTP/1.0\\r\\n\\r\\n' | nc " + place))
                    .endsWith("hello\n");
        }

        assertThat(parents()).isNotEmpty();
        succeed("delete", "--force", other);
        assertThat(parents()).as("made for the container").isEmpty();
    }
}
