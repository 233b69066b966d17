package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restored containers that end at once, or are told to end while the restore completes. */
@Timeout(120)
class RestoredEndIT extends InOneService {
    private static final long LOOK_NANOS = 100_000; // whoever is waited for needs the processor
    private static final String WAIT = "trap 'exit 3' TERM; while [ ! -e /go ]; do sleep 0.02; done; exit 7";

    private Path bundle;
    private Path images;

    @BeforeEach
    void dump() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        images = directory.resolve("images");
        bundle = Busybox.bundle(directory, "/bin/sh", "-c", WAIT);
        start(bundle);
        succeed("checkpoint", "--image-path", images.toString(), id);
    }

    @Test
    void theExitStatusIsTheProcessesInTheForegroundAlone() throws IOException {
        Files.createFile(bundle.resolve("rootfs/go"));

        succeed("restore", "--detach", "--bundle", bundle.toString(), "--image-path", images.toString(), id);
        await().until(() -> program.run("state", id).out().contains("\"stopped\""));
        assertThat(program.run("delete", id).err()).isEmpty();

        Called foreground =
                program.run("restore", "--bundle", bundle.toString(), "--image-path", images.toString(), id);
        assertThat(foreground).isEqualTo(new Called(7, "", ""));
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    /** Whichever of them the restore has come to when the signal does: it is cancelled, or the container gets it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Forking task", "Running post-restore scripts", "Running pre-resume scripts", "Writing stats"})
    void noSignalIsLost(String line) throws IOException {
        Process restore =
                program.start("restore", "--bundle", bundle.toString(), "--image-path", images.toString(), id);
        while (restore.isAlive() && !log().contains(line)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Processes.kill((int) restore.pid(), Signal.TERM);

        assertThat(InstalledProgram.status(restore, "restore")).isIn(1, 3);
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    private String log() {
        try {
            return Files.readString(images.resolve("restore.log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // CRIU has not begun
        }
    }
}
