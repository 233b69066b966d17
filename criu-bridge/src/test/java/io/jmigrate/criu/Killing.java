package io.jmigrate.criu;

import io.jmigrate.criu.KilledLazyRestoreIT.Phase;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills one process when a restore comes to a phase. Phases in which nobody is told of anything are known by CRIU's log. */
final class Killing implements RestoreListener {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Participant victim;
    private final Phase phase;
    private final Path log;
    private final AtomicBoolean killed = new AtomicBoolean();
    private CompletableFuture<Void> watching = CompletableFuture.completedFuture(null);

    Killing(Participant victim, Phase phase, Path log) {
        this.victim = victim;
        this.phase = phase;
        this.log = log;
    }

    /** CRIU has been started, and not been called. */
    void begin() throws IOException {
        Files.deleteIfExists(log);
        switch (phase) {
            case PREPARED -> kill();
            case FORKED -> watch("Forking task with 1 pid");
            case HANDED -> watch("lazy-pages: uffd");
            case HELD, RESUMED -> {
                // the restore tells
            }
        }
    }

    private void watch(String line) {
        watching = CompletableFuture.runAsync(
                () -> killWhenLogged(line), task -> Thread.ofPlatform().daemon().start(task));
    }

    private void killWhenLogged(String line) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < until) {
            if (isLogged(line)) {
                kill();
                return;
            }
            Thread.onSpinWait();
        }
    }

    private boolean isLogged(String line) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1).contains(line);
        } catch (IOException e) {
            return false; // it has not begun
        }
    }

    private void kill() {
        killed.set(victim.signal(Signal.KILL));
    }

    @Override
    public RestoreVerdict held(HeldTree tree) {
        if (phase == Phase.HELD) {
            kill();
        }
        return RestoreVerdict.RESUME;
    }

    @Override
    public void resumed(HeldTree tree) {
        if (phase == Phase.RESUMED) {
            kill();
        }
    }

    void join() {
        watching.join();
    }

    boolean hasKilled() {
        return killed.get();
    }
}
