package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CRIU that is missing or too old costs: nothing but the message. */
class UnusableCriuIT {
    @TempDir
    Path directory;

    private ContainerFixture fixture;
    private Path bundle;
    private Path images;
    private CriuBinary missing;
    private CriuBinary old;

    @BeforeEach
    void open() throws IOException {
        fixture = ContainerFixture.open(directory);
        bundle = fixture.bundle("busybox");
        images = directory.resolve("images");
        missing = new CriuBinary(directory.resolve("gone"));
        old = TestCriu.ofVersion(directory, 3, 17);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aContainerRunsOn() {
        ContainerId id = fixture.runShell("sleep", bundle, nullStreams());
        CheckpointRequest request = CheckpointRequest.of(id, images);

        assertFails(CriuCode.CRIU_MISSING, () -> fixture.checkpoint(missing).run(request));
        assertFails(CriuCode.CRIU_TOO_OLD, () -> fixture.checkpoint(old).run(request));

        assertThat(fixture.runs(id)).isTrue();
        assertThat(images).doesNotExist();
    }

    @Test
    void nothingIsLeftOfARestore() {
        ContainerId id = fixture.runShell("sleep", bundle, nullStreams());
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        RestoreRequest request = RestoreRequest.of(id, bundle, images, nullStreams());

        assertFails(CriuCode.CRIU_MISSING, () -> fixture.restore(missing).run(request));
        assertFails(CriuCode.CRIU_TOO_OLD, () -> fixture.restore(old).run(request));

        assertThat(fixture.containers().store().find(id)).isEmpty();
        fixture.restore().run(request);
        assertThat(fixture.runs(id)).isTrue();
    }

    private static void assertFails(CriuCode code, Runnable operation) {
        assertThatThrownBy(operation::run)
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(Stream.of(failure.code()))
                        .containsExactly(code));
    }
}
