package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be in a tree if it is said. */
class TreeOptionsIT {
    private static final String TALK_TO_ITSELF = "nc -l -p 7000 -e sleep 1000 & sleep 1; "
            + "nc 127.0.0.1 7000 </dev/zero >/dev/null & while ! netstat -tn | grep -q ESTABLISHED; do sleep 0.1; done; "
            + "echo x > /connected; while :; do sleep 1; done";
    private static final String COUNT = "i=0; while :; do i=$((i+1)); echo $i; usleep 10000; done";
    private static final String DELETED = "dd if=/dev/urandom of=/data/big bs=1M count=8; exec 9</data/big; "
            + "sha1sum /data/big > /sum; rm /data/big; echo x > /deleted; while :; do sleep 1; done";

    private static final String RENAMED = "echo -n content > /data/first; ln /data/first /data/second; "
            + "exec 9</data/first; rm /data/first; echo x > /renamed; while :; do sleep 1; done";

    /** Local address, remote address and state of a line of {@code /proc/net/tcp} (proc_pid_net(5)). */
    private static final String ESTABLISHED = "0100007F:1B58 01 ";

    @TempDir
    Path directory;

    private ContainerFixture fixture;
    private Path images;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "inherited-lock"})
    void aFileLockIsHeldAgainAfterTheRestore(String kind) {
        Path bundle = fixture.bundle("holder", "--holds", kind);
        Path lock = bundle.resolve("rootfs/lock");
        ContainerId id = fixture.runShell("lock", bundle, nullStreams());
        await().until(() -> isLocked(lock));

        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        assertThat(isLocked(lock)).as("nobody lives who could hold it").isFalse();
        fixture.restore().run(RestoreRequest.of(fixture.id("locked"), bundle, images, nullStreams()));

        assertThat(isLocked(lock)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEstablishedConnectionIsKeptUnlessItIsToBeClosed(boolean close) throws IOException {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", TALK_TO_ITSELF);
        ContainerId id = fixture.runShell("tcp", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/connected")));
        TreeOptions options = TreeOptions.NONE.withTcpClose(close);

        fixture.checkpoint().run(CheckpointRequest.of(id, images).withOptions(options));
        ContainerId restored = fixture.id("connected");
        fixture.restore()
                .run(RestoreRequest.of(restored, bundle, images, nullStreams()).withOptions(options));

        String connections =
                Files.readString(Path.of("/proc/" + fixture.root(restored).pid() + "/net/tcp"));
        assertThat(connections.contains(ESTABLISHED)).isEqualTo(!close);
    }

    @Test
    void aShellJobGoesOnAtAnotherTerminal() throws IOException {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        try (TestStream before = TestStream.Kind.TERMINAL.open(directory);
                TestStream after = TestStream.Kind.TERMINAL.open(directory)) {
            ContainerId id = fixture.runShell("job", bundle, terminal(before));
            before.awaitLine();
            fixture.checkpoint().run(CheckpointRequest.of(id, images));

            fixture.restore().run(RestoreRequest.of(fixture.id("again"), bundle, images, terminal(after)));

            after.awaitLine();
        }
    }

    @Test
    void aDeletedFileThatIsOpenIsCarriedAlong() throws IOException {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", DELETED);
        ContainerId id = fixture.runShell("deleted", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/deleted")));
        fixture.checkpoint().run(CheckpointRequest.of(id, images));

        ContainerId restored = fixture.id("again");
        fixture.restore().run(RestoreRequest.of(restored, bundle, images, nullStreams()));

        Path file = Path.of("/proc/" + fixture.root(restored).pid() + "/fd/9");
        assertThat(bundle.resolve("rootfs/data/big")).doesNotExist();
        assertThat(ContainerFixture.run(List.of("sha1sum", file.toString())))
                .startsWith(Files.readString(bundle.resolve("rootfs/sum")).substring(0, 40));
    }

    @Test
    void aFileThatHasLostTheNameOfItsOpeningIsKept() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", RENAMED);
        ContainerId id = fixture.runShell("renamed", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/renamed")));

        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        ContainerId restored = fixture.id("again");
        fixture.restore().run(RestoreRequest.of(restored, bundle, images, nullStreams()));

        Path open = Path.of("/proc/" + fixture.root(restored).pid() + "/fd/9");
        assertThat(open).hasContent("content");
        assertThat(bundle.resolve("rootfs/data/first")).doesNotExist();
        assertThat(bundle.resolve("rootfs/data")).isDirectoryNotContaining("glob:**link_remap*");
    }

    @Test
    void aConnectionThatNobodyHasAcceptedIsLeftOutIfItIsSaid() {
        Path bundle = fixture.bundle("holder", "--holds", "unaccepted");
        ContainerId id = fixture.runShell("in-flight", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/unaccepted")));

        assertThat(fixture.checkpoint().obstacles(id))
                .singleElement()
                .asString()
                .endsWith("has not accepted a TCP connection yet that waits for it (descriptor 3)");
        assertThat(fixture.runs(id)).isTrue();
        Path again = directory.resolve("again");
        TreeOptions skip = TreeOptions.NONE.withTcpSkipInFlight(true);
        fixture.checkpoint().run(CheckpointRequest.of(id, again).withOptions(skip));
        ContainerId restored = fixture.id("again");
        fixture.restore()
                .run(RestoreRequest.of(restored, bundle, again, nullStreams()).withOptions(skip));

        assertThat(fixture.runs(restored)).isTrue();
    }

    private static boolean isLocked(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (Fd fd = Descriptors.open(file)) {
            return !Descriptors.tryLock(fd);
        }
    }

    private static StandardStreams terminal(TestStream stream) {
        return new StandardStreams(stream.fd(), stream.fd(), stream.fd());
    }
}
