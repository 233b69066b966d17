package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a root filesystem that is an overlay the upper layer moves, where the lower one is at both nodes. */
@Timeout(120)
class MovedOverlayIT {
    private Stage stage;
    private Node a;
    private Counter counter;
    private Path lower;

    @BeforeEach
    void startOnAnOverlay() throws IOException {
        stage = Stage.open();
        a = stage.node("a");
        Path bundle = Counter.bundle(stage.path("web"));
        lower = Files.move(bundle.resolve("rootfs"), stage.path("image"));
        Path rootfs = Files.createDirectory(bundle.resolve("rootfs"));
        Files.createDirectories(lower.resolve("hidden/below"));
        Files.writeString(lower.resolve("gone"), "of the image");
        for (String layer : new String[] {"upper", "work"}) {
            Files.createDirectory(bundle.resolve(layer));
        }
        String layers =
                "lowerdir=" + lower + ",upperdir=" + bundle.resolve("upper") + ",workdir=" + bundle.resolve("work");
        Programs.run("mount", "-t", "overlay", "-o", layers, "overlay", rootfs.toString());
        Files.delete(rootfs.resolve("gone"));
        Programs.run("rm", "-r", rootfs.resolve("hidden").toString());
        Files.writeString(Files.createDirectory(rootfs.resolve("hidden")).resolve("new"), "of the container");
        counter = Counter.startedOn(a, bundle);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            try (Stage _ = stage) {
                removeWhatWasMade();
            }
        }
    }

    private void removeWhatWasMade() {
        try {
            if (counter != null) {
                counter.deleteFrom(a);
            }
        } finally {
            MountInfo.ofSelf().stream()
                    .map(MountInfo::mountPoint)
                    .filter(mount -> mount.startsWith(stage.path("web").toString()))
                    .forEach(mount -> Programs.run("umount", "--lazy", mount));
        }
    }

    private void move(Node from, Node to) {
        from.run("migrate", counter.id(), "--to", to.address(), "--insecure", "--rootfs", "diff")
                .succeeded();
        counter.runsOnlyOn(to, from);
    }

    private void hasItsFiles(Path arrived) throws IOException {
        Path rootfs = arrived.resolve("rootfs");
        assertThat(rootfs.resolve("bin/busybox")).isExecutable();
        assertThat(rootfs.resolve("gone")).doesNotExist();
        assertThat(rootfs.resolve("hidden/new")).hasContent("of the container");
        assertThat(rootfs.resolve("hidden/below")).doesNotExist();
        assertThat(arrived.resolve("upper/bin/busybox")).doesNotExist();
        assertThat(arrived.resolve("upper/count")).exists();
    }

    private boolean isMounted(Path arrived) {
        return MountInfo.ofSelf().stream().anyMatch(mount -> mount.mountPoint()
                .equals(arrived.resolve("rootfs").toString()));
    }

    @Test
    void goesThereAndBackAndIsTakenAwayWithIt() throws IOException {
        staysWhereTheDestinationMayNotUseTheLayer(stage.node("c").serve("--insecure"));

        leavesNoMountWhereItCannotRun();

        Node b = stage.node("b").serve("--insecure", "--allow-mount", lower.toString());
        move(a, b);
        Path there = b.arrived(counter.id());
        hasItsFiles(there);
        JsonNode bytes = a.run("migration", "list", "--format", "json")
                .succeeded()
                .events()
                .getFirst()
                .findValues("bytes")
                .getLast();
        assertThat(bytes.path("rootfs").asLong()).isBetween(1L, 1L << 20);

        a.serve("--insecure", "--allow-mount", lower.toString());
        move(b, a);
        hasItsFiles(a.arrived(counter.id()));
        assertThat(isMounted(there)).isFalse();

        counter.deleteFrom(a);
        assertThat(isMounted(a.arrived(counter.id()))).isFalse();
        a.run("run", "--detach", "--bundle", a.arrived(counter.id()).toString(), counter.id())
                .succeeded();
        counter.awaitRunningOn(a);
        hasItsFiles(a.arrived(counter.id()));
    }

    /** It fails there when its overlay has been mounted long ago. */
    private void leavesNoMountWhereItCannotRun() throws IOException {
        Path hook = stage.path("hook");
        Files.writeString(hook, "#!/bin/sh\n[ \"$1\" != attach ]\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Node d = stage.node("d")
                .serve("--insecure", "--allow-mount", lower.toString(), "--network-hook", hook.toString());
        String said = a.run("migrate", counter.id(), "--to", d.address(), "--insecure", "--rootfs", "diff")
                .ended(5)
                .err();
        assertThat(said).contains("attach");
        counter.runsOnlyOn(a, d);
        assertThat(isMounted(d.arrived(counter.id()))).isFalse();
        assertThat(d.arrived(counter.id())).doesNotExist();
    }

    private void staysWhereTheDestinationMayNotUseTheLayer(Node c) {
        String said = a.run("migrate", counter.id(), "--to", c.address(), "--insecure", "--rootfs", "diff")
                .ended(4)
                .err();
        assertThat(said).contains("the layer \"" + lower, "not in a directory that it may use", "--rootfs copy");
        counter.runsOnlyOn(a, c);
    }
}
