package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DeleteRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the standard output was at the dump, it is what is given at the restore. */
class StandardStreamsIT {
    private static final String COUNT = "i=0; while :; do i=$((i+1)); echo $i; usleep 10000; done";

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
    @EnumSource(TestStream.Kind.class)
    void anyKindOfOutputIsReplacedByAnyOther(TestStream.Kind dumped) throws IOException {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path images = directory.resolve("images");
        try (TestStream before = dumped.open(directory)) {
            ContainerId id = fixture.runShell("out", bundle, output(before));
            before.awaitLine();
            fixture.checkpoint().run(CheckpointRequest.of(id, images));
        }
        for (TestStream.Kind given : givenTo(dumped)) {
            try (TestStream after = given.open(directory)) {
                ContainerId restored = fixture.id("to-" + given);
                fixture.restore().run(RestoreRequest.of(restored, bundle, images, output(after)));
                after.awaitLine();
                assertThat(fixture.runs(restored)).as(dumped + " to " + given).isTrue();
                fixture.containers().delete().delete(new DeleteRequest(restored, true));
            }
        }
    }

    /** The images say nothing of the dumped one any more: all kinds are tried on those of a file, two on those of others. */
    private static Set<TestStream.Kind> givenTo(TestStream.Kind dumped) {
        return dumped == TestStream.Kind.APPENDED_FILE
                ? EnumSet.allOf(TestStream.Kind.class)
                : EnumSet.of(dumped, TestStream.Kind.APPENDED_FILE);
    }
}
