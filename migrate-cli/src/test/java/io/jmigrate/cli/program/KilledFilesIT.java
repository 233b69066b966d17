package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint whose Java is killed while it reads the files that go along: what has changed of the root filesystem, and a volume. */
@Timeout(180)
class KilledFilesIT extends InOneService {
    private static final int FILE_BYTES = 192 << 20;

    private Path archives;
    private Path errors;
    private Path base;
    private MemoryReport report;

    @BeforeEach
    void run() throws IOException {
        Busybox.requireContainers();
        archives = Files.createDirectory(directory.resolve("archives"));
        errors = directory.resolve("errors");
        base = Files.createDirectory(directory.resolve("base"));
        program = InstalledProgram.in(directory).served().with("TMPDIR", archives.toString());
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.write(volume.resolve("kept"), content);
        Path bundle = TestImages.bundle(directory, "memory", List.of("--mib", "8"));
        new MountedBundle(bundle).mounting("/volume", "bind", volume.toString(), "bind");
        Files.write(bundle.resolve("rootfs/changed"), content);
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id)
                        .err())
                .isEmpty();
        report = MemoryReport.of(bundle);
        report.awaitFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rootfs-diff.tar", "volumes-data.tar"})
    void theContainerThatIsToRunOnDoes(String file) throws IOException {
        Process export = start("--leave-running");

        killWhileItGrows(export, file);

        assertNothingIsLeft(export);
    }

    @Test
    void theContainerThatIsToEndRunsOn() throws IOException {
        Process export = start();

        killWhileItGrows(export, "archive");

        assertNothingIsLeft(export);
    }

    private Process start(String... more) throws IOException {
        return program.alone().startTelling(errors, words(more));
    }

    private String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of("checkpoint", "--rootfs-diff", "--volume", "data=/volume"));
        words.addAll(List.of(
                "--rootfs-base",
                base.toString(),
                "--export",
                archives.resolve("all.tar.zst").toString()));
        words.addAll(List.of(more));
        words.add(id);
        return words.toArray(String[]::new);
    }

    private void killWhileItGrows(Process export, String name) throws IOException {
        Path file = new ScratchFiles(archives).awaitFile(name);
        int java = WholeCommand.java(export);
        Processes.kill(java, Signal.STOP);
        assertThat(Files.size(file)).as("bytes of half a file").isLessThan(FILE_BYTES);
        Processes.kill(java, Signal.KILL);
    }

    private void assertNothingIsLeft(Process export) throws IOException {
        assertThat(InstalledProgram.status(export, "checkpoint")).isEqualTo(1);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(errors)
                .content()
                .contains("the checkpoint of container \"" + id + "\" was killed; the container is running\n"));
        program.served();
        assertThat(program.run("state", id).out()).contains("\"running\"");
        report.awaitTicks(0);
        assertThat(archives.resolve("all.tar.zst")).doesNotExist();

        assertThat(program.run(words("--leave-running"))).isEqualTo(new Called(0, "", ""));
        assertThat(archives.toFile().list()).containsExactly("all.tar.zst");
        report.awaitTicks(0);
    }
}
