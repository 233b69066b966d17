package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are no files: on standard output and from standard input. */
@Timeout(180)
class StreamedArchiveIT {
    /** So much in a pipe (pipe(7)) that its writer waits, or is about to: pages that are not full take a place too. */
    private static final int HALF_A_PIPE_BYTES = 8 * 4096;

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path temporary;
    private String bundle;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        temporary = Files.createDirectory(directory.resolve("temporary"));
        program = InstalledProgram.in(directory).served().with("TMPDIR", temporary.toString());
        bundle = Busybox.bundle(directory, "sleep", "300").toString();
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle, id));
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void goFromOneCommandToTheOther() throws IOException {
        Path archive = directory.resolve("web.tar.zst");
        assertSucceeds(program.redirected(
                "exec >" + archive, "--root", program.root().toString(), "checkpoint", "--export", "-", id));
        assertThat(temporary).isEmptyDirectory();

        byte[] whole = Files.readAllBytes(archive);
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, whole.length - 10));
        Called refused = restore(cut);
        assertThat(refused.err()).startsWith("jmigrate: archive (standard input) is damaged: ");
        assertThat(refused.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(program.run("list", "--quiet").out()).isEmpty();

        assertSucceeds(restore(archive));
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
        assertThat(temporary).isEmptyDirectory();
    }

    private Called restore(Path archive) {
        return program.run(archive, "restore", "--detach", "--bundle", bundle, "--import", "-", id);
    }

    /** The container is frozen meanwhile: whoever waits for a reader that does nothing must be able to give up. */
    @Test
    void aReaderThatStallsKeepsNobodyFromGivingUp() throws IOException, InterruptedException {
        Process export = program.start("checkpoint", "--compress", "none", "--export", "-", id);
        assertThat(export.getInputStream().read()).isNotNegative();
        await().until(() -> export.getInputStream().available() >= HALF_A_PIPE_BYTES);
        assertThat(export.isAlive()).isTrue();
        Processes.kill((int) export.pid(), Signal.TERM);
        export.waitFor();
        assertThat(new String(export.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("jmigrate: the checkpoint of container \"" + id
                        + "\", which goes on as it was, was cancelled by signal SIGTERM\n");
        assertThat(export.exitValue()).isEqualTo(ExitCode.FAILED.status());
        assertGoesOn();
    }

    @Test
    void aReaderThatIsGoneLeavesTheContainerAsItWas() throws IOException, InterruptedException {
        Process export = program.start("checkpoint", "--compress", "none", "--export", "-", id);
        assertThat(export.getInputStream().read()).isNotNegative();
        export.getInputStream().close();
        export.waitFor();
        assertThat(new String(export.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("jmigrate: writing archive (standard output) failed: ");
        assertThat(export.exitValue()).isEqualTo(ExitCode.FAILED.status());
        assertGoesOn();
    }

    @Test
    void terminalsAreNoPlaceForThem() throws IOException {
        AtTerminal terminal = AtTerminal.in(directory);
        Called export = terminal.run(program, List.of(), "checkpoint", "--export", "-", id);
        assertThat(export.out()).contains("checkpoint: --export -: standard output is a terminal");
        Called restore = terminal.run(program, List.of(), "restore", "--import", "-", id);
        assertThat(restore.out()).contains("restore: --import -: standard input is a terminal");
        assertGoesOn();
    }

    private void assertGoesOn() {
        assertThat(temporary).isEmptyDirectory();
        assertThat(program.run("exec", id, "true").status()).isZero();
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
