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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container goes on from the image that {@code ctr containers checkpoint} has made of it. */
@Timeout(180)
class ContainerdCheckpointIT {
    private static final String IMAGE = "localhost/busybox:1";
    private static final String CHECKPOINT = "localhost/checkpoint:1";
    private static final String COUNT =
            "rm /etc/passwd; i=0; while :; do i=$((i+1)); echo $i >/data/count; sleep 0.1; done";

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Containerd containerd;
    private InstalledProgram program;
    private Path image;

    @BeforeEach
    void exportACheckpoint() throws IOException {
        Programs.require();
        containerd = Containerd.in(Files.createDirectory(directory.resolve("theirs")));
        program = InstalledProgram.in(Files.createDirectory(directory.resolve("ours")))
                .served();
        ctr(
                "images",
                "import",
                ImageFile.write(directory, containerd.rootfs(), IMAGE).toString());
        said(containerd.call(containerd.runningOf(IMAGE, List.of("--detach"), id, "sh", "-c", COUNT)));
        await().until(() -> containerd
                        .ctr("tasks", "exec", "--exec-id=c", id, "cat", "/data/count")
                        .out()
                        .length()
                > 1);
        ctr("containers", "checkpoint", "--task", "--rw", id, CHECKPOINT);
        image = directory.resolve("exported.tar");
        ctr("images", "export", "--skip-manifest-json", image.toString(), CHECKPOINT);
    }

    @AfterEach
    void close() {
        try {
            if (program != null) {
                program.close();
            }
        } finally {
            if (containerd != null) {
                containerd.close();
            }
        }
    }

    private void ctr(String... words) {
        said(containerd.ctr(words));
    }

    @Test
    void goesOnWithItsFiles() throws IOException {
        assertThat(said(program.run("inspect", "--ps-tree", image.toString())))
                .contains("── engine: containerd", "── container: " + id, "── image: " + IMAGE, "── [1] sh");
        Path rootfs = Files.createDirectory(directory.resolve("rootfs"));
        said(containerd.call(List.of("cp", "-a", containerd.rootfs() + "/.", rootfs.toString())));
        Called restored = program.run(
                "restore",
                "--detach",
                "--import",
                image.toString(),
                "--rootfs",
                rootfs.toString(),
                "--bundle",
                directory.resolve("bundle").toString(),
                "--rootfs-diff",
                id);
        assertThat(restored.status()).as(restored.toString()).isZero();
        assertThat(rootfs.resolve("etc/passwd")).doesNotExist();
        Path file = rootfs.resolve("data/count");
        String before = Files.readString(file);
        await().until(() -> !Files.readString(file).equals(before));
        assertThat(said(program.run("exec", id, "cat", "/proc/1/comm"))).isEqualTo("sh\n");
    }
}
