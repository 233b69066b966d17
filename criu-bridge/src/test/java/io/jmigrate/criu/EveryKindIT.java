package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that processes can have, checked by themselves (test-images/workloads/kinds), after a checkpoint and one of what was restored. */
class EveryKindIT {
    private static final int CYCLES = 2;
    private static final int KINDS = 66;
    private static final String MEMORY_BYTES = "314572800";
    private static final String OFFSETS = "timens_offsets";

    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void inATimeNamespaceAndWithinLimitsItIsAsItWas() throws IOException {
        Path bundle = fixture.bundle("kinds", "--time-offset", "100000", "--memory", MEMORY_BYTES);
        ContainerId id = fixture.runShell("kinds", bundle, nullStreams());

        cycle(id, bundle);

        assertThat(Namespaces.inode(fixture.root(id).pid(), NamespaceKind.TIME))
                .isNotEqualTo(Namespaces.ownInode(NamespaceKind.TIME));
        assertThat(Files.readString(Path.of("/proc/" + fixture.root(id).pid() + "/" + OFFSETS)))
                .matches("(?s)monotonic\\s+(999|1000)\\d\\d\\s.*");
        assertThat(memoryLimit(id)).hasContent(MEMORY_BYTES);
    }

    @Test
    void ofAnotherUserInAUserNamespaceItIsAsItWas() {
        Path bundle = fixture.bundle("kinds", "--first-id", "100000", "--uid", "1000");

        cycle(fixture.runShell("users", bundle, nullStreams()), bundle);
    }

    private void cycle(ContainerId id, Path bundle) {
        KindReports reports = KindReports.ofBundle(bundle, KINDS);
        reports.awaitChecks();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Path images = directory.resolve("images" + cycle);
            fixture.checkpoint().run(CheckpointRequest.of(id, images));
            assertThat(cgroups(images)).as("no cgroups but its own").allMatch(path -> path.contains(id.value()));
            fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
            reports.awaitChecks();
        }
    }

    private static List<String> cgroups(Path images) {
        try (ImageReader reader = ImageReader.open(images.resolve("cgroup.img"), ImageKind.CGROUP)) {
            return reader.one(CgroupEntry.parser()).getControllersList().stream()
                    .flatMap(controller -> controller.getDirsList().stream())
                    .map(directory -> directory.getDirName())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path memoryLimit(ContainerId id) {
        CgroupPaths cgroup = fixture.containers().inspect(id).cgroup();
        return cgroup.ofController("memory")
                .map(place -> place.resolve("memory.limit_in_bytes"))
                .orElseGet(() -> cgroup.unified().orElseThrow().resolve("memory.max"));
    }
}
