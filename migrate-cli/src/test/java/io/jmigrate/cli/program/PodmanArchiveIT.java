package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that go from podman to this program by an archive, and podman with this program as its runtime. */
@Timeout(300)
class PodmanArchiveIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COUNT = {
        "/bin/sh", "-c", "i=0; while true; do i=$((i+1)); echo $i > /data/count; sleep 0.1; done"
    };

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path bundle;
    private Path archive;
    private CheckpointingPodman podman;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(Files.createDirectory(directory.resolve("ours")))
                .served();
        bundle = Busybox.bundle(directory, "true");
        podman = CheckpointingPodman.in(Files.createDirectory(directory.resolve("podman")));
        podman.importImage(bundle.resolve("rootfs"));
        archive = directory.resolve("podman.tar.zst");
    }

    @AfterEach
    void close() {
        try {
            if (program != null) {
                program.close(); // its containers are in cgroups below podman's
            }
        } finally {
            if (podman != null) {
                podman.close();
            }
        }
    }

    private void export(String runtime, String... options) throws IOException {
        podman.start(runtime, id, List.of(options), COUNT);
        await().until(() -> counted(runtime) > 3);
        podman.run(runtime, "container", "checkpoint", "--export", archive.toString(), id);
        podman.run(runtime, "rm", id);
    }

    /** How far a container of podman's has counted. */
    private long counted(String runtime) throws IOException {
        String pid =
                podman.run(runtime, "inspect", "--format", "{{.State.Pid}}", id).strip();
        Path file = Path.of("/proc", pid, "root/data/count");
        return Files.exists(file) ? count(Files.readString(file)) : 0;
    }

    private static long count(String text) {
        return text.isBlank() ? 0 : Long.parseLong(text.strip());
    }

    /** What whoever restores it elsewhere has to do: unpack the changed files, and say where the mounted ones come from. */
    private void makeTheBundleFit() throws IOException {
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", unpacked.toString()).start();
        assertThat(InstalledProgram.status(tar, "tar")).isZero();
        Path changes = unpacked.resolve("rootfs-diff.tar"); // not there if only volumes have changed
        if (Files.exists(changes)) {
            Process diff = new ProcessBuilder("tar", "-xf", changes.toString(), "-C", bundle + "/rootfs").start();
            assertThat(InstalledProgram.status(diff, "tar")).isZero();
        }
        ObjectNode spec = (ObjectNode) JSON.readTree(Files.readAllBytes(unpacked.resolve("spec.dump")));
        spec.putObject("root").put("path", "rootfs");
        for (JsonNode mount : spec.withArray("mounts")) {
            if (mount.path("type").asText().equals("bind")) {
                ((ObjectNode) mount)
                        .put("source", source(mount.path("destination").asText()));
            }
        }
        Files.write(bundle.resolve("config.json"), JSON.writeValueAsBytes(spec));
    }

    private String source(String destination) throws IOException {
        Path source = directory.resolve(destination.substring(1).replace('/', '-'));
        return (List.of("/dev/shm", "/data").contains(destination)
                        ? Files.createDirectory(source)
                        : Files.createFile(source))
                .toString();
    }

    /** What stands in the root directory, as the container does, has to be told that it has another mode now. */
    private void giveTheRootAnotherMode() throws IOException {
        Files.setPosixFilePermissions(bundle.resolve("rootfs"), PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void aContainerOfPodmanAndRuncGoesOnInABundleThatFits() throws IOException {
        export("runc");
        makeTheBundleFit();
        giveTheRootAnotherMode();
        Path counted = bundle.resolve("rootfs/data/count");
        long before = count(Files.readString(counted));

        // runC's images want a pipe in place of a pipe
        Process restore =
                program.start("restore", "--detach", "--import", archive.toString(), "--bundle", bundle.toString(), id);
        assertThat(InstalledProgram.status(restore, "restore"))
                .as(() -> said(restore))
                .isZero();
        await().until(() -> count(Files.readString(counted)) > before);
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sh\n");
    }

    @Test
    void theVolumesOfPodmanComeAlong() throws IOException {
        export("runc", "--volume=counts:/data");
        podman.run("runc", "volume", "rm", "counts");
        makeTheBundleFit();
        Process restore = program.start(
                "restore", "--detach", "--import", archive.toString(), "--bundle", bundle.toString(), "--volumes", id);
        assertThat(InstalledProgram.status(restore, "restore"))
                .as(() -> said(restore))
                .isZero();
        Path counted = directory.resolve("data/count");
        long restored = count(Files.readString(counted));
        await().until(() -> count(Files.readString(counted)) > Math.max(restored, 3));
    }

    private static String said(Process process) {
        try {
            return new String(
                    process.getErrorStream().readNBytes(process.getErrorStream().available()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void theChangedFilesThatAreNotUnpackedAreMentioned() throws IOException {
        export("runc");
        assertThat(program.run("inspect", "--all", archive.toString()).out())
                .contains("── container: " + id, "── engine: podman", "── rootfs diff: true", "── [1] sh")
                .contains("── statistics", "── files", "── mounts");
        makeTheBundleFit();
        Called restore =
                program.run("restore", "--detach", "--import", archive.toString(), "--bundle", bundle.toString(), id);
        assertThat(restore.err())
                .startsWith("jmigrate: warning: rootfs-diff.tar of " + archive
                        + " is not unpacked: the root filesystem has to hold those files already\n");
    }

    @Test
    void podmanMovesAContainerAndItsVolumeWithThisProgramAsItsRuntime() throws IOException {
        export("jmigrate", "--volume=counts:/data");
        podman.run("jmigrate", "volume", "rm", "counts");
        podman.run("jmigrate", "container", "restore", "--import", archive.toString());
        long restored = counted("jmigrate");
        assertThat(restored).isGreaterThan(3);
        await().until(() -> counted("jmigrate") > restored);
        assertThat(podman.run("jmigrate", "ps", "--format", "{{.Names}}")).isEqualTo(id + "\n");
        assertThat(podman.run("jmigrate", "volume", "ls", "--quiet")).isEqualTo("counts\n");
        assertThat(program.run("inspect", archive.toString()).out()).contains("counts");
    }

    @Test
    void podmanTakesAContainerOfThisProgramThatWasConverted() throws IOException {
        BundleConfig.change(bundle, config -> {
            config.withObject("process")
                    .putArray("args")
                    .add(COUNT[0])
                    .add(COUNT[1])
                    .add(COUNT[2]);
        });
        Path file = bundle.resolve("rootfs/data/count");
        giveTheRootAnotherMode();
        program.run("run", "--detach", "--bundle", bundle.toString(), id);
        await().until(() -> Files.exists(file) && count(Files.readString(file)) > 3);
        Path ours = directory.resolve("ours.tar.zst");
        assertThat(program.run("checkpoint", "--export", ours.toString(), id).err())
                .isEmpty();
        Called converted = program.run(
                "convert", "--to", "podman", "--image", "localhost/jm:1", "-o", archive.toString(), ours.toString());
        assertThat(converted.err()).isEmpty();

        podman.run("jmigrate", "container", "restore", "--import", archive.toString());
        await().until(() -> counted("jmigrate") > 3);
        assertThat(podman.run("jmigrate", "ps", "--format", "{{.Names}} {{.Image}}"))
                .isEqualTo(id + " localhost/jm:1\n");
    }
}
