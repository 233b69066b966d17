package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose files go along: on an overlay, and compared with the tree that its root filesystem was made of. */
@Timeout(240)
class ChangedFilesIT {
    private static final String CHANGES =
            "echo new > /data/new; rm /etc/group; rm -r /root; mkdir /root; echo x > /root/x; ln /data/new /tmp/new; sleep 300";

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path layers;
    private Path bundle;
    private Path image;
    private Path rootfs;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        bundle = Busybox.bundle(directory, "/bin/sh", "-c", CHANGES);
        rootfs = bundle.resolve("rootfs");
        image = directory.resolve("image");
        Files.move(rootfs, image);
        Files.writeString(image.resolve("root/old"), "old");
        Files.createDirectory(rootfs);
        layers = Files.createDirectory(directory.resolve("layers"));
        Programs.run("mount", "-t", "tmpfs", "tmpfs", layers.toString()); // overlays can't be on every filesystem
        Path upper = Files.createDirectory(layers.resolve("upper"));
        Path work = Files.createDirectory(layers.resolve("work"));
        Programs.run(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=" + image + ",upperdir=" + upper + ",workdir=" + work,
                rootfs.toString());
    }

    @AfterEach
    void close() {
        try {
            if (program != null) {
                program.close();
            }
        } finally {
            RunDirectory.unmountBelow(directory);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void restore(String archive, String into) {
        Programs.run("cp", "-a", image.toString(), file(into));
        assertSucceeds(program.run(
                "restore",
                "--detach",
                "--import",
                file(archive),
                "--rootfs",
                file(into),
                "--bundle",
                file(into + ".bundle"),
                "--rootfs-diff",
                id));
        assertThat(program.run("exec", id, "cat", "/data/new", "/root/x", "/tmp/new")
                        .out())
                .isEqualTo("new\nx\nnew\n");
        assertThat(program.run("exec", id, "ls", "-A", "/root", "/etc").out()).doesNotContain("old", "group");
        assertThat(directory.resolve(into).resolve("data/new").toFile()).hasContent("new\n");
    }

    @Test
    void goAlongAndComeBackElsewhere() throws IOException {
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle.toString(), id));
        await().until(() -> Files.exists(rootfs.resolve("tmp/new")));
        assertSucceeds(
                program.run("checkpoint", "--leave-running", "--export", file("overlay.tar"), "--rootfs-diff", id));
        assertSucceeds(program.run(
                "checkpoint", "--export", file("tree.tar"), "--rootfs-diff", "--rootfs-base", image.toString(), id));
        assertThat(program.run("inspect", file("overlay.tar")).out()).contains("── rootfs diff: true");

        assertSucceeds(program.run("delete", "--force", id));
        restore("overlay.tar", "first");
        Called used = program.run(
                "restore",
                "--detach",
                "--import",
                file("tree.tar"),
                "--bundle",
                file("first.bundle"),
                "--rootfs-diff",
                "other");
        assertThat(used.err())
                .startsWith("jmigrate: cannot change the root filesystem of bundle " + file("first.bundle")
                        + ": container \"" + id + "\" uses it\n");
        assertSucceeds(program.run("delete", "--force", id));
        restore("tree.tar", "second");
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
