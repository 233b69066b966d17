package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.spec.SpecChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container comes back, and not all is as it was. */
@Timeout(120)
class RestoreVariationsIT {
    private static final String LOOK =
            "exec 9</data/big; while :; do hostname >/host/name; cat /host/word >/seen; sleep 0.1; done";

    @TempDir
    Path directory;

    private ContainerFixture fixture;
    private Path bundle;
    private Path images;
    private ContainerId id;
    private List<Path> cgroupParents = List.of();

    @BeforeEach
    void run() throws IOException {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
        for (String place : List.of("old", "new")) {
            Files.writeString(Files.createDirectory(directory.resolve(place)).resolve("word"), place);
        }
        bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", LOOK);
        Files.writeString(bundle.resolve("rootfs/data/big"), "12345");
        Path config = bundle.resolve("config.json");
        String mount = "\"mounts\": [{\"destination\": \"/host\", \"type\": \"bind\", \"source\": \""
                + directory.resolve("old") + "\", \"options\": [\"bind\"]},";
        Files.writeString(config, Files.readString(config).replaceFirst("\"mounts\": *\\[", mount));
        id = fixture.runShell("varied", bundle, nullStreams());
        await().until(() -> Files.exists(directory.resolve("old/name")) && seen().equals("old"));
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        for (Path parent : cgroupParents) {
            Files.deleteIfExists(parent);
        }
    }

    private String seen() throws IOException {
        Path file = bundle.resolve("rootfs/seen");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void withAnotherMountCgroupAndHostNameAndNotWithOtherFiles() throws IOException {
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        SpecChanges changes = SpecChanges.NONE
                .withMountSource(directory.resolve("old"), directory.resolve("new"))
                .withCgroupParent("/jmt-parent-" + id.value())
                .withHostname("renamed");
        RestoreTerms terms = RestoreTerms.NONE.withChanges(changes).withVerifyFiles(true);
        byte[] before = Files.readAllBytes(uts());

        assertTellsOfDifferences(terms);
        ContainerId restored = fixture.id("restored");
        fixture.restore()
                .run(RestoreRequest.of(restored, bundle, images, nullStreams())
                        .withTerms(terms)
                        .withOptions(TreeOptions.NONE.withCgroups(CgroupMode.FULL)));

        cgroupParents = fixture.containers().inspect(restored).cgroup().places().stream()
                .map(place -> place.directory().getParent())
                .toList();
        await().until(() -> Files.exists(directory.resolve("new/name")) && seen().equals("new"));
        assertThat(directory.resolve("new/name")).hasContent("renamed");
        assertThat(Files.readString(Path.of("/proc/" + fixture.root(restored).pid() + "/cgroup")))
                .contains("/jmt-parent-" + id.value() + "/");
        assertThat(uts()).as("images are not edited").hasBinaryContent(before);
        assertThat(images.resolve("restore.log")).exists();
    }

    private Path uts() throws IOException {
        try (var found = Files.newDirectoryStream(images, "utsns-*.img")) {
            return found.iterator().next();
        }
    }

    private void assertTellsOfDifferences(RestoreTerms terms) throws IOException {
        Path open = bundle.resolve("rootfs/data/big");
        Files.writeString(open, "6", StandardOpenOption.APPEND);
        ContainerId refused = fixture.id("refused");
        assertThatThrownBy(() -> fixture.restore()
                        .run(RestoreRequest.of(refused, bundle, images, nullStreams())
                                .withTerms(terms)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(CriuCode.FILES_DIFFER);
                    assertThat(failure.details()).containsExactly("/data/big had 5 bytes and has 6 (" + open + ")");
                });
        Files.writeString(open, "12345");
    }

    @Test
    void goesOnWhenCriuStandsStill() throws IOException {
        CheckpointRequest request =
                CheckpointRequest.of(id, images).withTerms(DumpTerms.NONE.withTimeout(Duration.ofSeconds(3)));

        assertThatThrownBy(() -> fixture.checkpoint().run(request, new StoppingCriu()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.CRIU_HUNG))
                .hasMessageEndingWith("CRIU showed no sign of life for 3 s and was ended; it runs on");

        Files.delete(bundle.resolve("rootfs/seen"));
        await().until(() -> seen().equals("old"));
        assertThat(fixture.runs(id)).isTrue();
    }

    /** Stops CRIU in the middle of a dump. */
    private static final class StoppingCriu implements DumpListener {
        @Override
        public void freezing() {
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> commandLine(process).contains("swrk"))
                    .forEach(criu -> Processes.kill((int) criu.pid(), Signal.STOP));
        }

        @Override
        public DumpVerdict frozen(FrozenTree tree) {
            throw new AssertionError("CRIU does not get here");
        }

        private static String commandLine(ProcessHandle process) {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            } catch (IOException e) {
                return ""; // it has ended meanwhile
            }
        }
    }
}
