package io.jmigrate.cli.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A daemon that a test has started, as its child. */
final class Daemon implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final Path log;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param log takes what it says
     */
    static Daemon start(List<String> command, Map<String, String> environment, Path log, BooleanSupplier answers) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("TMPDIR", log.getParent().toString()); // containerd leaves files of checkpoints there
        try {
            Daemon daemon = new Daemon(builder.start(), log);
            daemon.awaitAnswer(answers);
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(BooleanSupplier answers) {
        try {
            Awaitility.await().atMost(LIMIT).until(() -> !process.isAlive() || answers.getAsBoolean());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (!process.isAlive()) {
            throw new AssertionError("has ended:\n" + said());
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end:\n" + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
