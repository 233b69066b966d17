package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that {@code update} has changed, here and after a checkpoint. */
class UpdatedLimitsIT {
    private static final Called DONE = new Called(0, "", "");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private Path bundle;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isDirectory(Path.of("/sys/fs/cgroup/pids")), "this host has no v1 pids controller");
        program = InstalledProgram.in(directory).served();
        bundle = Busybox.bundle(directory, "sleep", "300");
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id))
                .isEqualTo(DONE);
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private String held(String controller, String file) {
        return HeldLimits.of(program, id, controller, file);
    }

    @Test
    void holdAndGoWithACheckpoint() throws IOException {
        assertThat(program.run("update", "--pids-limit", "77", "--memory", "96m", "--cpu-share", "512", id))
                .isEqualTo(DONE);
        Path more = Files.writeString(directory.resolve("more.json"), "{\"pids\": {\"limit\": 78}}");
        assertThat(program.run(more, "update", "--resources", "-", id)).isEqualTo(DONE);
        assertThat(held("pids", "pids.max")).isEqualTo("78");

        Path images = directory.resolve("images");
        assertThat(program.run("checkpoint", "--image-path", images.toString(), id))
                .isEqualTo(DONE);
        assertThat(program.run(
                        "restore", "--detach", "--bundle", bundle.toString(), "--image-path", images.toString(), id))
                .isEqualTo(DONE);

        assertThat(held("pids", "pids.max")).isEqualTo("78");
        assertThat(held("memory", "memory.limit_in_bytes")).isEqualTo(Integer.toString(96 << 20));
        assertThat(held("cpu", "cpu.shares")).isEqualTo("512");
    }

    @Test
    void goWithAnArchive() throws Exception {
        assertThat(program.run("update", "--pids-limit", "77", id)).isEqualTo(DONE);
        Path archive = directory.resolve("a.tar");
        assertThat(program.run("checkpoint", "--compress", "none", "--export", archive.toString(), id)
                        .status())
                .isZero();

        Process tar = new ProcessBuilder("tar", "-xOf", archive.toString(), "spec.dump").start();
        assertThat(new ObjectMapper()
                        .readTree(tar.getInputStream().readAllBytes())
                        .at("/linux/resources/pids/limit")
                        .asInt())
                .isEqualTo(77);
        assertThat(tar.waitFor()).isZero();

        BundleConfig.change(
                bundle, config -> config.withObject("/linux/resources/pids").put("limit", 10));
        Called refused = restored(archive);
        assertThat(refused.err()).contains("\n    limits: its limits were changed to more tasks\n");
        assertThat(refused.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(restored(archive, "--allow-images", "limits")).isEqualTo(DONE);
        assertThat(held("pids", "pids.max")).isEqualTo("77");
    }

    private Called restored(Path archive, String... words) {
        List<String> restore = new ArrayList<>(List.of("restore", "--detach", "--import", archive.toString()));
        restore.addAll(List.of("--bundle", bundle.toString()));
        restore.addAll(List.of(words));
        restore.add(id);
        return program.run(restore.toArray(String[]::new));
    }

    @Test
    void areRefusedInASentence() {
        Called both = program.run("update", "--memory", "1m", "--resources", "x.json", id);
        assertThat(both.status()).isEqualTo(2);
        Called cache = program.run("update", "--l3-cache-schema", "L3:0=f", id);
        assertThat(cache.err()).startsWith("jmigrate: --l3-cache-schema is not supported: Intel RDT is not used");
        Called idle = program.run("update", "--cpu-idle", "2", id);
        assertThat(idle.status()).isEqualTo(1);
        assertThat(idle.err()).contains("$.linux.resources.cpu.idle: must be from 0 to 1, is 2");
        Called word = program.run("update", "--memory", "much", id);
        assertThat(word.err()).contains("--memory: \"much\" is not an amount such as 512m, or -1");
    }
}
