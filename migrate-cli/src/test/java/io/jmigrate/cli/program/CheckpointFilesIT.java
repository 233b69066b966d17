package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where checkpoint and restore write, and who may read it. */
@Timeout(180)
class CheckpointFilesIT {
    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private String bundle;
    private Path archive;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        archive = directory.resolve("kept.tar.zst");
        bundle = Busybox.bundle(directory, "sleep", "300").toString();
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle, id));
    }

    @AfterEach
    void close() {
        program.close();
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0022", "0277"})
    void anArchiveIsItsOwnersWhateverTheUmask(String umask) throws IOException {
        String root = program.root().toString();
        program.alone(); // a service has a umask of its own
        assertSucceeds(program.redirected(
                "umask " + umask, "--root", root, "checkpoint", "--leave-running", "--export", archive.toString(), id));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
    }

    /** What the container's process has as its standard streams: files of this host. */
    private List<String> streams() throws IOException {
        String pid = new ObjectMapper()
                .readTree(program.run("state", id).out())
                .path("pid")
                .asText();
        List<String> targets = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            targets.add(Files.readSymbolicLink(Path.of("/proc", pid, "fd", "" + number))
                    .toString());
        }
        return targets;
    }

    @Test
    void theLogsGoToTheWorkDirectoryAndTheStreamsWhereTheyWent() throws IOException {
        String images = directory.resolve("absent/images").toString();
        Path dumped = directory.resolve("absent/work/dumped");
        Path restored = directory.resolve("absent/work/restored");

        List<String> streams = streams();
        assertSucceeds(program.run("checkpoint", "--image-path", images, "--work-path", dumped.toString(), id));
        assertThat(dumped.resolve("dump.log")).content().contains("Dumping finished successfully");
        assertThat(Path.of(images, "dump.log")).doesNotExist();
        assertThat(Path.of(images, "inventory.img")).exists();

        assertSucceeds(program.run(
                "restore",
                "--detach",
                "--bundle",
                bundle,
                "--image-path",
                images,
                "--work-path",
                restored.toString(),
                "--streams",
                "original",
                id));
        assertThat(streams()).isEqualTo(streams).contains("/dev/null").doesNotHaveDuplicates();
        assertThat(restored.resolve("restore.log")).content().contains("Restore finished successfully");
        assertThat(Path.of(images, "restore.log")).doesNotExist();
    }

    @Test
    void theLogsOfAnArchiveGoThereToo() {
        Path work = directory.resolve("absent/work");
        assertSucceeds(program.run("checkpoint", "--export", archive.toString(), "--work-path", work.toString(), id));
        assertThat(work.resolve("dump.log")).content().contains("Dumping finished successfully");

        assertSucceeds(program.run(
                "restore",
                "--detach",
                "--bundle",
                bundle,
                "--import",
                archive.toString(),
                "--work-path",
                work.toString(),
                id));
        assertThat(work.resolve("restore.log")).content().contains("Restore finished successfully");
    }
}
