package io.jmigrate.cli.program;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What exports and imports keep while they last, each in a directory of its own.
 *
 * @param parent of these directories
 */
record ScratchFiles(Path parent) {
    /** Waits until a file has begun to grow in one of them. */
    Path awaitFile(String name) throws IOException {
        awaitGrowth(() -> find(name));
        return find(name);
    }

    /** Waits until a file is there and has begun to grow. */
    static void awaitGrowth(Callable<Path> file) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> file.call().toFile().length() > 0);
    }

    /** Its path in the directory that has it, or one that isn't there. */
    private Path find(String name) throws IOException {
        try (DirectoryStream<Path> scratch = Files.newDirectoryStream(parent, ".jmigrate-*")) {
            for (Path each : scratch) {
                if (Files.exists(each.resolve(name))) {
                    return each.resolve(name);
                }
            }
        }
        return parent.resolve(name + "-is-not-there");
    }
}
