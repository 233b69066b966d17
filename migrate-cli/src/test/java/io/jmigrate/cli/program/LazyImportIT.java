package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that come from an archive whose memory is not extracted, one or several at once. */
@Timeout(180)
class LazyImportIT {
    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private String bundle;
    private Path archive;
    private MemoryReport report;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served().with("TMPDIR", directory.toString());
        archive = directory.resolve("memory.tar.zst");
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "64")).toString();
        assertSucceeds("run", "--detach", "--bundle", bundle, id);
        report = MemoryReport.of(Path.of(bundle));
        report.awaitTicks(20);
        assertSucceeds("checkpoint", "--export", archive.toString(), id);
    }

    @AfterEach
    void close() {
        program.close();
    }

    private void assertSucceeds(String... words) {
        assertThat(program.run(words).err()).isEmpty();
    }

    private String status(String container) {
        return program.run("state", container).out().replaceAll("(?s).*\"status\" *: \"(\\w+)\".*", "$1");
    }

    @Test
    void itsMemoryComesFromTheArchiveOrIsExtractedFirst() throws IOException {
        assertSucceeds("restore", "--detach", "--import", archive.toString(), "--bundle", bundle, id);
        report.awaitTicks(20);
        assertSucceeds("delete", "--force", id);
        assertSucceeds("restore", "--eager", "--detach", "--import", archive.toString(), "--bundle", bundle, id);
        report.awaitTicks(20);
        assertSucceeds("delete", "--force", id);

        flipBitInTheMiddle();
        String before = report.line();
        Called refused = program.run("restore", "--detach", "--import", archive.toString(), "--bundle", bundle, id);
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).startsWith("jmigrate: archive " + archive);
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertThat(report.line()).as("it has not run").isEqualTo(before);
    }

    private void flipBitInTheMiddle() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 1);
        }
    }

    @Test
    void severalContainersComeFromOneArchive() throws IOException {
        Called cloned = program.run(
                "clone", "--count", "3", "--bundle", bundle, "--name-template", id + "-{n}", archive.toString());
        assertThat(cloned.err()).isEmpty();
        assertThat(cloned.out().lines()).hasSize(4).first().asString().startsWith("ID ");
        assertThat(program.run("list", "--quiet").out().lines())
                .containsExactlyInAnyOrder(id + "-1", id + "-2", id + "-3");
        report.awaitTicks(20);

        Called again =
                program.run("clone", "-n", "2", "--bundle", bundle, "--name-template", id + "-{n}", archive.toString());
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).startsWith("jmigrate: container \"" + id + "-1\" exists already; nothing was restored");
        assertThat(program.run("list", "--quiet").out().lines()).hasSize(3);
        theLogOfOneThatFailsIsKept();
    }

    private void theLogOfOneThatFailsIsKept() throws IOException {
        Path empty = directory.resolve("empty");
        Files.createDirectories(empty.resolve("rootfs"));
        Files.copy(Path.of(bundle, "config.json"), empty.resolve("config.json"));

        String said = program.run("clone", "--bundle", empty.toString(), archive.toString())
                .err();

        Path log = Path.of(said.replaceAll("(?s).*CRIU's log is (\\S+)\n.*", "$1"));
        assertThat(log).as(said).isRegularFile().hasParent(program.root().resolve(".logs"));
    }

    @Test
    void theOthersRunIfOneCannotBeCloned() {
        Process clone = program.alone()
                .start("clone", "--count", "3", "--bundle", bundle, "--name-template", id + "-{n}", archive.toString());
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> clone.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("swrk"))
                .anyMatch(ProcessHandle::destroyForcibly));

        assertThat(InstalledProgram.status(clone, "clone")).isEqualTo(1);
        program.served();
        List<String> running = program.run("list", "--quiet").out().lines().toList();
        assertThat(running).hasSize(2).allMatch(name -> status(name).equals("running"));
        report.awaitTicks(20);
        String failed = Stream.of("-1", "-2", "-3")
                .map(id::concat)
                .filter(name -> !running.contains(name))
                .findFirst()
                .orElseThrow();
        assertSucceeds("restore", "--detach", "--import", archive.toString(), "--bundle", bundle, failed);
    }
}
