package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container with so much memory that it goes from the frozen processes into the archive, past CRIU. */
@Timeout(180)
class LazyExportIT {
    /** PE_PRESENT: the page is in pages-1.img. */
    private static final int PRESENT = 4;

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private Path bundle;
    private MemoryReport report;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        program = InstalledProgram.in(directory).served().with("TMPDIR", temporary.toString());
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "40"));
        assertSucceeds("run", "--detach", "--bundle", bundle.toString(), id);
        report = MemoryReport.of(bundle);
        report.awaitFirst();
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void goesOnFromEitherArchive() throws IOException {
        Path running = directory.resolve("running.tar.zst");
        Path ended = directory.resolve("ended.tar");
        assertSucceeds("checkpoint", "--leave-running", "--export", running.toString(), id);
        report.awaitOther(report.line());
        Path images = directory.resolve("images");
        assertSucceeds("checkpoint", "--leave-running", "--image-path", images.toString(), id);
        assertReadByCrit(images);
        assertSucceeds("checkpoint", "--compress", "none", "--export", ended.toString(), id);
        assertThat(directory.resolve("temporary")).isEmptyDirectory();
        assertThat(Files.size(ended)).isBetween(40L << 20, 44L << 20);

        assertReadByCrit(unpacked(ended).resolve("checkpoint"));
        assertThat(program.run("inspect", "--stats", running.toString()).out())
                .containsPattern("frozen for \\d{4,8} µs, of these \\d{4,8} µs for memory; (1\\d{4}) of \\1 pages");

        for (Path archive : List.of(ended, running)) {
            String before = report.line();
            assertSucceeds("restore", "--detach", "--bundle", bundle.toString(), "--import", archive.toString(), id);
            report.awaitOther(before); // each page is compared with what was written to it, else the program ends
            assertSucceeds("delete", "--force", id);
        }
    }

    private Path unpacked(Path archive) throws IOException {
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Programs.run("tar", "-xf", archive.toString(), "-C", unpacked.toString());
        return unpacked;
    }

    /** The pages were put in by us: to CRIU's own reader they are those of a plain dump. */
    private static void assertReadByCrit(Path images) throws IOException {
        Crit crit = Crit.on(images);
        assertThat(crit.explores("ps")).containsPattern("\\n +1 +1 +1 +memory\\n");
        assertThat(crit.explores("fds")).contains("0: /pipe:[stdin]", "3: /report");
        assertThat(crit.explores("mems")).contains("/bin/memory", "[vdso]");
        assertThat(crit.decodes("core-1.img")
                        .path("entries")
                        .path(0)
                        .path("tc")
                        .path("comm")
                        .asText())
                .isEqualTo("memory");
        assertThat(crit.decodes("files.img").path("entries").toString()).contains("\"/report\"");
        long pages = 0;
        for (JsonNode entry : crit.decodes("pagemap-1.img").path("entries")) {
            assertThat(entry.path("flags").asInt(PRESENT) & PRESENT).isEqualTo(PRESENT);
            pages += entry.path("nr_pages").asLong();
        }
        assertThat(pages * 4096)
                .isEqualTo(Files.size(images.resolve("pages-1.img")))
                .isGreaterThan(40L << 20);
    }

    private void assertSucceeds(String... words) {
        Called called = program.run(words);
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
