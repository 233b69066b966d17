package io.jmigrate.cli.program;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the program of a {@code memory} bundle says of itself: it checks its memory page by page all the time, and ends if one is not
 * as it was.
 *
 * @param file with one line, which begins with {@code count N}
 */
record MemoryReport(Path file) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    static MemoryReport of(Path bundle) {
        return new MemoryReport(bundle.resolve("rootfs/report"));
    }

    /** Empty as long as there is none. */
    String line() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far it has counted. */
    long ticks() {
        String line = line();
        return line.isEmpty() ? 0 : Long.parseLong(line.split(" ")[1]);
    }

    /** Waits until the program runs. */
    void awaitFirst() {
        awaitOther("");
    }

    /** Waits until it says something else. */
    void awaitOther(String before) {
        await().atMost(LIMIT).until(() -> !line().equals(before));
    }

    /** Waits until it has counted on, and so much more. */
    void awaitTicks(int more) {
        long before = ticks();
        await().atMost(LIMIT).until(() -> ticks() > before + more);
    }
}
