package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines connect a container to its network by a hook, also when it comes back from images. */
class RestoredHooksIT {
    private static final String CONNECT = "pid=$(sed 's/.*\"pid\":\\([0-9]*\\).*/\\1/');"
            + " nsenter --net=/proc/$pid/ns/net ip link add hooked%s type veth peer name peer%s";

    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void hook(Path bundle, String kind, String script) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) json.readTree(file.toFile());
        ObjectNode hook = config.withObject("/hooks").putArray(kind).addObject();
        hook.put("path", "/bin/sh").putArray("args").add("sh").add("-c").add(script);
        hook.putArray("env").add("PATH=" + System.getenv("PATH"));
        json.writeValue(file.toFile(), config);
    }

    @Test
    void runWhenTheNamespacesAreThere() throws IOException {
        Path bundle = fixture.bundle("busybox");
        hook(bundle, "prestart", CONNECT.formatted(1, 1));
        hook(bundle, "createRuntime", CONNECT.formatted(2, 2));
        ContainerId id = fixture.runShell("hooked", bundle, nullStreams());
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));

        Restored restored = fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));

        assertThat(Files.readString(Path.of("/proc/" + restored.root().pid() + "/net/dev")))
                .contains("hooked1:", "hooked2:");
    }

    @Test
    void undoTheRestoreIfTheyFail() throws IOException {
        Path bundle = fixture.bundle("busybox");
        ContainerId id = fixture.runShell("refused", bundle, nullStreams());
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        hook(bundle, "prestart", "echo no network >&2; exit 3");

        assertThatThrownBy(() -> fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.details()).contains("no network"));
        assertThat(fixture.containers().store().find(id)).isEmpty();
    }
}
