package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose files go along: on an overlay, and compared with the tree that its root filesystem was made of. */
@Timeout(240)
class ChangedFilesIT {
    private static final String CHANGES =
            "echo vol > /volume/kept; echo shm > /dev/shm/kept; echo new > /data/new; rm /etc/group; rm -r /root; mkdir /root; echo x > /root/x; ln /data/new /tmp/new; sleep 300";

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
        mountFromOutside();
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

    private void mountFromOutside() throws IOException {
        BundleConfig.change(bundle, config -> config.withArray("mounts")
                .removeIf(mount -> mount.path("destination").asText().equals("/dev/shm")));
        for (String place : List.of("/volume", "/dev/shm")) {
            Path source = Files.createDirectories(directory.resolve("from").resolve(place.substring(1)));
            new MountedBundle(bundle).mounting(place, "bind", source.toString(), "bind");
        }
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

    private Called restored(String archive, String into, String... words) {
        List<String> restore =
                new ArrayList<>(List.of("restore", "--detach", "--rootfs-diff", "--allow-spec", "mounts"));
        restore.addAll(List.of("--import", file(archive), "--rootfs", file(into), "--bundle", file(into + ".bundle")));
        restore.addAll(List.of(words));
        restore.add(id);
        return program.run(restore.toArray(String[]::new));
    }

    private void restore(String archive, String into, String... words) {
        Programs.run("cp", "-a", image.toString(), file(into));
        assertSucceeds(restored(archive, into, words));
        assertThat(program.run("exec", id, "cat", "/data/new", "/root/x", "/tmp/new")
                        .out())
                .isEqualTo("new\nx\nnew\n");
        assertThat(program.run("exec", id, "ls", "-A", "/root", "/etc").out()).doesNotContain("old", "group");
        assertThat(directory.resolve(into).resolve("data/new").toFile()).hasContent("new\n");
    }

    @Test
    void goAlongAndComeBackElsewhere() throws IOException {
        SignedArchiveIT.makeKeys(Path.of(file("secret.pem")), Path.of(file("public.pem")));
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle.toString(), id));
        await().until(() -> Files.exists(rootfs.resolve("tmp/new")));
        assertSucceeds(program.run(
                "checkpoint",
                "--leave-running",
                "--export",
                file("overlay.tar"),
                "--sign",
                file("secret.pem"),
                "--rootfs-diff",
                "--volume",
                "data=/volume",
                "--volume",
                "/dev/shm",
                id));
        assertReadOnlyPlacesAreRefused();
        Called none = program.run("checkpoint", "--export", file("no.tar"), "--volume", "/proc", id);
        assertThat(none.err())
                .startsWith(
                        "jmigrate: checkpoint: --volume: no directory of the host is mounted at /proc in container \""
                                + id);
        assertSucceeds(program.run(
                "checkpoint", "--export", file("tree.tar"), "--rootfs-diff", "--rootfs-base", image.toString(), id));
        assertThat(program.run("inspect", file("overlay.tar")).out())
                .contains("── rootfs diff: true", "── volumes: devshm-checkpoint.tar, volumes/data.tar");

        assertSucceeds(program.run("delete", "--force", id));
        assertThat(restored("overlay.tar", "first").err())
                .startsWith(
                        "jmigrate: archive " + file("overlay.tar")
                                + " holds files of volumes, and nobody has said what becomes of them: /dev/shm, /volume\n  to do: ");
        assertThat(restored("overlay.tar", "first", "--volumes").err())
                .startsWith("jmigrate: restore: --volumes with --allow-spec mounts needs --trust: ");
        assertThat(restored("overlay.tar", "first", "--volumes", "--trust", file("public.pem"))
                        .err())
                .startsWith("jmigrate: directory " + file("from/dev/shm") + ", where a volume belongs, is not empty\n");
        restore(
                "overlay.tar",
                "first",
                "--volumes",
                "--trust",
                file("public.pem"),
                "--remap-mount",
                file("from") + "=" + file("to"));
        assertThat(directory.resolve("to/volume/kept")).hasContent("vol");
        assertThat(program.run("exec", id, "cat", "/dev/shm/kept").out()).isEqualTo("shm\n");
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

    /** The bundle gives the files to read, and a restore is no way around that. */
    private void assertReadOnlyPlacesAreRefused() throws IOException {
        BundleConfig.change(bundle, config -> config.withArray("mounts").forEach(mount -> {
            if (mount.path("destination").asText().equals("/volume")) {
                ((ObjectNode) mount).withArray("options").add("ro");
            }
        }));
        Called refused = program.run(
                "restore", "--import", file("overlay.tar"), "--volumes", "--bundle", bundle.toString(), "other");
        assertThat(refused.err())
                .startsWith("jmigrate: archive " + file("overlay.tar") + " holds files of /volume, which bundle "
                        + bundle + " mounts read-only\n  to do: ");
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
