package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of mounts at a checkpoint and a restore. */
@Timeout(180)
class CheckpointedMountsIT extends InOneService {
    private MountedBundle bundle;
    private String source;
    private String images;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        bundle = MountedBundle.in(directory, "sleep", "300");
        source = Files.createDirectory(directory.resolve("source")).toString();
        images = directory.resolve("images").toString();
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }

    private Called restore(String... options) {
        List<String> words = new ArrayList<>(List.of("restore", "--detach", "--image-path", images));
        words.addAll(List.of("--bundle", bundle.path().toString()));
        words.addAll(List.of(options));
        words.add(id);
        return program.run(words.toArray(String[]::new));
    }

    @Test
    void comeBackInAContainerThatWasNotPivoted() throws IOException {
        Path covered = Files.createDirectory(bundle.path().resolve("rootfs/up"));
        Files.writeString(covered.resolve("file"), "first\n");
        bundle.mounting("/closed", "bind", source, "rbind", "rro", "rnoexec")
                .mounting("/up", "tmpfs", "tmpfs", "tmpcopyup", "nodev");
        assertSucceeds(program.run(
                "run", "--detach", "--no-pivot", "--bundle", bundle.path().toString(), id));
        assertSucceeds(program.run("exec", id, "sh", "-c", "echo second >> /up/file"));

        assertSucceeds(program.run("checkpoint", "--image-path", images, id));
        Called restored = restore("--no-pivot");

        assertThat(restored.status()).isZero();
        assertThat(restored.err()).contains("--no-pivot does not matter to a restore");
        assertThat(program.run("exec", id, "cat", "/up/file").out()).isEqualTo("first\nsecond\n");
        assertThat(covered.resolve("file")).hasContent("first\n");
        assertThat(program.run("exec", id, "grep", "-c", " /closed ro,.*noexec", "/proc/self/mountinfo")
                        .out())
                .isEqualTo("1\n");
    }

    @Test
    void thatCriuWouldRestoreWithoutTheirMapsAreRefused() throws IOException {
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle.path().toString(), id));
        assertSucceeds(program.run("checkpoint", "--image-path", images, id));
        bundle.mounting("/mapped", "bind", source, "rbind").mapping(0, 5000, 100);

        assertThat(restore().err())
                .contains("CRIU does not map the ids of mounts")
                .contains("/mapped");
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle.path().toString(), id));
        assertThat(program.run(
                                "checkpoint",
                                "--image-path",
                                directory.resolve("others").toString(),
                                id)
                        .err())
                .contains("its mount /mapped has the option idmapped, which CRIU does not restore");
        assertThat(program.run("exec", id, "stat", "-c", "%u", "/mapped").out()).isEqualTo("5000\n");
    }
}
