package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.lines;
import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.launch.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRIU restores no session keyrings: a restored container has a new one of its own, not that of whoever restored it. */
class RestoredKeyringIT {
    private static final String WATCH =
            "while :; do grep keyring /proc/keys | grep _ses > /data/new; mv /data/new /data/keys; usleep 10000; done";

    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() {
        assumeTrue(Files.exists(Path.of("/proc/keys")), "this kernel has no keys");
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isThatOfWhatIsExecutedLaterToo() throws IOException {
        Path bundle = unmasked("--", "/bin/sh", "-c", WATCH);
        ContainerId restored = restored(bundle);
        await().until(() -> serials(bundle, "keys", restored).size() == 1);
        List<String> ofTheTree = serials(bundle, "keys", restored);

        Child child = fixture.exec(restored, "/bin/sh", "-c", "grep keyring /proc/keys > /data/executed");
        assertThat(child.await().code()).isZero();

        assertThat(serials(bundle, "executed", restored)).isEqualTo(ofTheTree);
    }

    /** A process that isn't root sees no session keyring but that which it possesses. */
    @Test
    void isPossessedByTheProcesses() throws IOException {
        Path bundle = unmasked("--user-namespace", "--uid", "1000", "--", "/bin/sh", "-c", WATCH);

        ContainerId restored = restored(bundle);

        await().until(() -> serials(bundle, "keys", restored).size() == 1);
        assertThat(Files.readAllLines(bundle.resolve("rootfs/data/keys"))).hasSize(1);
    }

    private ContainerId restored(Path bundle) {
        ContainerId id = fixture.runShell("keys", bundle, nullStreams());
        await().until(() -> lines(bundle.resolve("rootfs/data/keys")) > 0);
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        ContainerId restored = fixture.id("restored");
        fixture.restore().run(RestoreRequest.of(restored, bundle, images, nullStreams()));
        return restored;
    }

    private Path unmasked(String... arguments) throws IOException {
        Path bundle = fixture.bundle("busybox", arguments);
        Path config = bundle.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"/proc/keys\",", ""));
        return bundle;
    }

    /** The serial numbers of the keyrings of a container in what a process of it has written. */
    private static List<String> serials(Path bundle, String file, ContainerId id) throws IOException {
        return Files.readAllLines(bundle.resolve("rootfs/data").resolve(file)).stream()
                .filter(line -> line.contains("_ses." + id))
                .map(line -> line.split(" ")[0])
                .toList();
    }
}
