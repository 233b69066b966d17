package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else fills a disk or memory of the destination or the source while a container is on its way. */
class FullDiskIT {
    private static final byte[] CHUNK = new byte[64 << 10];

    private Stage stage;
    private Node a;
    private Node b;
    private Link link;
    private Counter counter;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.smallNode("b", "64m");
        b.serve("--insecure");
        link = stage.linkTo(b);
        counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private Started migrate() {
        return a.start("migrate", counter.id(), "--to", link.address(), "--insecure");
    }

    private void staysAtTheSource(Started migration, Path filler, String where) throws IOException {
        assertThat(migration.ended().ended(5).err()).contains("it runs at the source", "the peer gave up", where);
        Files.delete(filler);
        counter.runsOnlyOn(a, b);
    }

    /** Until nothing more can be written there. */
    private static Path fill(Path directory) throws IOException {
        Path filler = directory.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(CHUNK);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        return filler;
    }

    @Test
    void theContainerGoesOnAtTheSourceWhenTheDiskIsFullWhileItRuns() throws IOException {
        Hold hold = link.hold(Message.ROUND_END);
        Started migration = migrate();
        hold.awaitReached(migration);

        Path filler = fill(b.root());
        Files.writeString(counter.rootfs().resolve("grown"), "x".repeat(4 << 20));
        hold.release();

        staysAtTheSource(
                migration,
                filler,
                "the destination has no space left in "
                        + b.arrived(counter.id()).resolve("rootfs"));
    }

    @Test
    void theContainerGoesOnAtTheSourceWhenTheMemoryIsFullWhileItRuns() throws IOException {
        Hold hold = link.hold(Message.ROOTFS_END);
        Started migration = migrate();
        hold.awaitReached(migration);

        Path filler = fill(b.memory());
        hold.release();

        staysAtTheSource(migration, filler, "no space is left for memory in /dev/shm/jmigrate-");
    }

    /** CRIU can't write its images there. */
    @Test
    void theContainerGoesOnWhenTheSourcesMemoryIsFull() throws IOException {
        Node small = stage.smallNode("c", "64m");
        counter = Counter.startedOn(small, Counter.bundle(stage.path("another")));
        Hold hold = link.hold(Message.ROUND_END);
        Started migration = small.start("migrate", counter.id(), "--to", link.address(), "--insecure");
        hold.awaitReached(migration);

        fill(Node.memoryOf(migration));
        hold.release();

        assertThat(migration.ended().ended(5).err()).contains("it runs at the source");
        counter.runsOnlyOn(small, b);
    }

    /** Nothing can be written down there any more, so nothing more is done. */
    @Test
    void theContainerGoesOnWhenTheSourcesDiskIsFull() throws IOException {
        Node small = stage.nodeOnSmallDisk("d", "16m");
        counter = Counter.startedOn(small, Counter.bundle(stage.path("another")));
        Hold hold = link.hold(Message.ROUND_END);
        Started migration = small.start("migrate", counter.id(), "--to", link.address(), "--insecure");
        hold.awaitReached(migration);

        Path filler = fill(small.root());
        hold.release();

        assertThat(migration.ended().ended(5).err()).contains("it runs at the source", "no space left on device");
        counter.awaitRunningOn(small);
        Files.delete(filler);
        small.recover().succeeded();
        counter.runsOnlyOn(small, b);
    }

    /** What came before an image is kept when there is a file for the image: it comes in order. */
    @Test
    void theContainerGoesOnAtTheSourceWhenTheMemoryIsFullWhileItIsFrozen() throws IOException {
        Hold hold = link.hold(Message.IMAGE_DATA);
        Started migration = migrate();
        hold.awaitReached(migration);
        await().until(() -> !b.imagesInMemory().isEmpty());

        Path filler = fill(b.memory());
        hold.release();

        staysAtTheSource(migration, filler, "the destination has no space left in /dev/shm/jmigrate-");
    }
}
