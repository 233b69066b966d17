package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restored container gets a new network namespace, whose kernel parameters CRIU knows nothing of. */
class RestoredParametersIT {
    private static final String KEY = "net.ipv4.ip_unprivileged_port_start";
    private static final String READ = "cat /proc/sys/net/ipv4/ip_unprivileged_port_start > /data/value";
    private static final ObjectMapper JSON = new ObjectMapper();

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

    @ParameterizedTest
    @ValueSource(strings = {"", "--user-namespace"})
    void areThoseOfTheConfigAgain(String option) throws IOException {
        Path bundle = option.isEmpty()
                ? fixture.bundle("busybox", "--", "/bin/sleep", "1000")
                : fixture.bundle("busybox", option, "--", "/bin/sleep", "1000");
        setParameter(bundle, "77");
        ContainerId id = fixture.runShell("parameters", bundle, nullStreams());
        assertThat(valueSeenBy(id, bundle)).isEqualTo("77");
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));

        ContainerId restored = fixture.id("restored");
        fixture.restore().run(RestoreRequest.of(restored, bundle, images, nullStreams()));

        assertThat(valueSeenBy(restored, bundle)).isEqualTo("77");
    }

    private static void setParameter(Path bundle, String value) throws IOException {
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        config.withObject("/linux/sysctl").put(KEY, value);
        JSON.writeValue(file.toFile(), config);
    }

    private String valueSeenBy(ContainerId id, Path bundle) throws IOException {
        assertThat(fixture.exec(id, "/bin/sh", "-c", READ).await().code()).isZero();
        return Files.readString(bundle.resolve("rootfs/data/value")).strip();
    }
}
