package io.jmigrate.criu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Does something as soon as CRIU's log tells of a phase that nobody is told of otherwise. */
final class WhenLogged {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 100_000; // CRIU needs the processor

    private final CompletableFuture<Boolean> watching;

    private WhenLogged(CompletableFuture<Boolean> watching) {
        this.watching = watching;
    }

    /** Begins to watch, with a log that is not there yet. @param act says whether it could be done */
    static WhenLogged run(Path log, String line, BooleanSupplier act) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new WhenLogged(CompletableFuture.supplyAsync(
                () -> isLogged(log, line) && act.getAsBoolean(),
                task -> Thread.ofPlatform().daemon().start(task)));
    }

    /** Whether it was done. */
    boolean done() {
        return watching.join();
    }

    private static boolean isLogged(Path log, String line) {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < until) {
            if (text(log).contains(line)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has not begun
        }
    }
}
