package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands about archives on a file system that is too small: the container runs on, no half of a file is left. */
@Timeout(120)
class FullDiskArchiveIT extends InOneService {
    private Path small;
    private Path bundle;
    private Path archive;
    private MemoryReport report;

    @BeforeEach
    void run() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        small = Files.createDirectory(directory.resolve("small"));
        archive = directory.resolve("memory.tar.zst");
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "40"));
        start(bundle);
        report = MemoryReport.of(bundle);
        report.awaitFirst();
        succeed("checkpoint", "--leave-running", "--export", archive.toString(), id);
    }

    @AfterEach
    void unmount() {
        Programs.run("umount", small.toString());
    }

    private void mount(String size) {
        Programs.run("mount", "-t", "tmpfs", "-o", "size=" + size, "jmigrate-test", small.toString());
    }

    /** Insists on a message about the small directory, on nothing in it but directories of images, and that the container runs. */
    private void assertFull(String... words) throws IOException {
        Called called = program.run(words);
        assertThat(called.status()).as(called.toString()).isEqualTo(1);
        assertThat(called.err().lines().findFirst().orElseThrow())
                .containsAnyOf("no space is left", "no space left on device")
                .contains(small.toString());
        try (Stream<Path> left = Files.walk(small)) {
            assertThat(left.filter(Files::isRegularFile))
                    .allSatisfy(
                            file -> assertThat(file.getFileName().toString()).isIn("index.json", "oci-layout"));
        }
        report.awaitTicks(0);
    }

    /** START-END, as /proc/PID/maps has it. */
    private String largestMapping() throws IOException {
        String pid = program.run("state", id).out().replaceAll("(?s).*\"pid\" *: (\\d+).*", "$1");
        return Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream()
                .map(line -> line.split(" ")[0])
                .max(Comparator.comparingLong(FullDiskArchiveIT::bytes))
                .orElseThrow();
    }

    private static long bytes(String range) {
        String[] ends = range.split("-");
        return Long.parseUnsignedLong(ends[1], 16) - Long.parseUnsignedLong(ends[0], 16);
    }

    @Test
    void thereIsRoomForSomeOfTheMemory() throws IOException {
        mount("20m");
        String file = small.resolve("some.tar.zst").toString();

        assertFull("checkpoint", "--export", file, id);
        assertFull("checkpoint", "--leave-running", "--export", file, id);
        assertFull("convert", "--to", "podman", "--image", "localhost/memory:1", "-o", file, archive.toString());
        assertFull("image", "push", archive.toString(), "oci:" + small.resolve("layout") + ":memory");
        assertFull(
                "memory",
                "dump",
                "--pid",
                "1",
                "--address",
                largestMapping(),
                "-o",
                small.resolve("memory").toString(),
                archive.toString());
    }

    @Test
    void thereIsRoomForHardlyAnything() throws IOException {
        mount("64k");
        program.with("TMPDIR", small.toString());
        String file = small.resolve("none.tar.zst").toString();
        Path base = Files.createDirectory(directory.resolve("base"));

        assertFull("checkpoint", "--export", file, id);
        assertFull("checkpoint", "--rootfs-diff", "--rootfs-base", base.toString(), "--export", file, id);
        assertFull("restore", "--detach", "--bundle", bundle.toString(), "--import", archive.toString(), id + "-2");
        assertFull(
                "clone",
                "--count",
                "2",
                "--bundle",
                bundle.toString(),
                "--name-template",
                id + "-{n}",
                archive.toString());
        assertThat(program.run("list", "--quiet").out()).isEqualTo(id + "\n");
    }
}
