package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint or restore whose command is ended from outside. */
@Timeout(180)
class KilledCheckpointIT {
    @TempDir
    private Path directory;

    private InstalledProgram program;
    private Path archives;
    private Path archive;
    private ScratchFiles scratch;
    private Path errors;
    private Path bundle;
    private MemoryReport report;
    private final String id = Busybox.newId();

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "containers need root");
        archives = Files.createDirectory(directory.resolve("archives"));
        archive = archives.resolve("memory.tar.zst");
        scratch = new ScratchFiles(archives);
        errors = directory.resolve("errors");
        program = InstalledProgram.in(directory).served().with("TMPDIR", archives.toString());
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "256"));
        assertSucceeds("run", "--detach", "--bundle", bundle.toString(), id);
        report = MemoryReport.of(bundle);
        report.awaitFirst();
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void anExportThatIsToldToEndUndoesWhatItDid() throws IOException {
        Process export = program.alone().start("checkpoint", "--export", archive.toString(), id);
        scratch.awaitFile("archive");
        Processes.kill((int) export.pid(), Signal.TERM);

        assertThat(InstalledProgram.status(export, "checkpoint")).isEqualTo(1);
        program.served();
        assertThat(new String(export.getErrorStream().readAllBytes()))
                .isEqualTo("jmigrate: the checkpoint of container \"" + id
                        + "\", which goes on as it was, was cancelled by signal SIGTERM\n");
        assertThat(archives).isEmptyDirectory();
        assertThat(status()).isEqualTo("running");
        report.awaitTicks(0);
    }

    @Test
    void anExportThatIsKilledLeavesTheContainerRunningAndNoMemoryForLong() throws IOException {
        Process export = program.alone().startTelling(errors, "checkpoint", "--export", archive.toString(), id);
        scratch.awaitFile("archive");
        WholeCommand.killJava(export);

        assertThat(InstalledProgram.status(export, "checkpoint")).isEqualTo(1);
        awaitError("the checkpoint of container \"" + id + "\" was killed; the container is running\n");
        assertThat(errors).content().contains("Java was killed by signal 9");
        program.served();
        assertThat(archive).doesNotExist();
        assertThat(status()).isEqualTo("running");
        report.awaitTicks(0);
        assertSucceeds("checkpoint", "--export", archive.toString(), id);
        assertThat(archives.toFile().list()).containsExactly("memory.tar.zst");
        assertSucceeds("restore", "--detach", "--import", archive.toString(), "--bundle", bundle.toString(), id);
        report.awaitTicks(0);
    }

    @Test
    void anImportThatIsKilledLeavesNoContainerAndNoMemoryForLong() throws IOException {
        assertSucceeds("checkpoint", "--export", archive.toString(), id);
        Process restore = program.alone()
                .start(
                        "restore",
                        "--eager",
                        "--detach",
                        "--import",
                        archive.toString(),
                        "--bundle",
                        bundle.toString(),
                        id);
        scratch.awaitFile("import/checkpoint/pages-1.img");
        WholeCommand.killJava(restore);

        assertThat(InstalledProgram.status(restore, "restore")).isEqualTo(1);
        program.served();
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertSucceeds("restore", "--detach", "--import", archive.toString(), "--bundle", bundle.toString(), id);
        assertThat(archives.toFile().list()).containsExactly("memory.tar.zst");
        report.awaitTicks(0);
    }

    @Test
    void oneWhoseProcessesAreKilledLeavesTheContainerRunningAndARestoreWhoseCriuIsKilledLeavesNone()
            throws IOException {
        Process export = exporting();
        WholeCommand.kill(export);
        awaitError(" was killed; the container is running\n");
        program.served();
        assertThat(status()).isEqualTo("running");
        report.awaitTicks(0);

        Process left = exporting();
        Processes.kill((int) left.pid(), Signal.KILL);
        awaitError("goes on as it was"); // Java finds its front gone, or the reader of the archive
        program.served();
        assertThat(status()).isEqualTo("running");
        report.awaitTicks(0);

        String images = directory.resolve("images").toString();
        assertSucceeds("checkpoint", "--image-path", images, id);
        String[] words = {"restore", "--detach", "--bundle", bundle.toString(), "--image-path", images, id};
        Process restore = program.start(words);
        killCriu(restore);
        assertThat(InstalledProgram.status(restore, "restore")).isNotZero();
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertSucceeds(words);
        report.awaitTicks(0);
    }

    @Test
    void oneOfAContainerThatItsUserHasPausedLeavesItPaused() throws IOException {
        assertSucceeds("pause", id);
        long before = report.ticks();
        Path images = directory.resolve("images");
        Process checkpoint = program.alone().startTelling(errors, "checkpoint", "--image-path", images.toString(), id);
        ScratchFiles.awaitGrowth(() -> images.resolve("pages-1.img"));
        WholeCommand.killJava(checkpoint);

        assertThat(InstalledProgram.status(checkpoint, "checkpoint")).isEqualTo(1);
        awaitError("the checkpoint of container \"" + id + "\" was killed; the container is paused\n");
        program.served();
        assertThat(status()).isEqualTo("paused");
        assertThat(report.ticks()).isEqualTo(before);
        assertSucceeds("resume", id);
        report.awaitTicks(0);
    }

    /** One that waits for its reader, and the container for it. */
    private Process exporting() throws IOException {
        Process export = program.alone().startTelling(errors, "checkpoint", "--export", "-", id);
        assertThat(export.getInputStream().read()).isNotNegative();
        return export;
    }

    /** Waits until somebody who outlives a command says what became of it. */
    private void awaitError(String part) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(errors).content().contains(part));
    }

    /** The one that restores, not those that only tell what they can. */
    private static void killCriu(Process front) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> front.descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("swrk"))
                        .anyMatch(ProcessHandle::destroyForcibly));
    }

    private void assertSucceeds(String... words) {
        assertThat(program.run(words).err()).isEmpty();
    }

    private String status() {
        String state = program.run("state", id).out();
        return state.replaceAll("(?s).*\"status\" *: \"(\\w+)\".*", "$1");
    }
}
