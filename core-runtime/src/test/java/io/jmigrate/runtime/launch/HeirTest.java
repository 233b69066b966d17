package io.jmigrate.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The heir, in a tree whose Java is a script. */
@Timeout(60)
class HeirTest {
    private static final Path FRONT = Path.of(System.getProperty("jmigrate.native.dir"), "jmigrate");

    @TempDir
    private Path directory;

    private FrontConnection launcher;
    private Path front;
    private Path called;

    @BeforeEach
    void makeTree() throws IOException {
        launcher = Launchers.open(FRONT);
        front = directory.resolve("bin/jmigrate");
        called = directory.resolve("called");
        Files.createDirectories(front.getParent());
        Files.copy(FRONT, front);
        Path java = directory.resolve("lib/runtime/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(directory.resolve("lib/java.options"), "");
        Files.writeString(java, "#!/bin/sh\necho called >> " + called + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private HeirCommand command() {
        return new HeirCommand(
                front,
                List.of("resume", "web"),
                List.of("JMIGRATE_NO_SERVICE=1", "PATH=/usr/bin:/bin"),
                Optional.empty());
    }

    @Test
    void doesNothingIfItIsDismissed() {
        try (Heir heir = Heir.launch(launcher, command())) {
            heir.dismiss();
            heir.dismiss();
        }

        assertThat(called).doesNotExist();
    }

    @Test
    void runsTheCommandUntilItSucceedsIfNobodyDismissesIt() {
        try (FdPair pipe = Descriptors.pipe()) {
            Child heir = launcher.launch(Launch.of(front, "--heir", "jmigrate", "resume", "web")
                    .withEnv(command().environment())
                    .withDescriptors(Map.of(3, pipe.first()))
                    .inNewSession());
            await().until(() -> isDeafToTerm(heir.pid()));
            Processes.kill(heir.pid(), Signal.TERM);
            assertThat(called).doesNotExist();
            pipe.second().close();

            // a Java that ends without a word has done nothing
            await().atMost(Duration.ofSeconds(30)).until(() -> lines() > 1);
            Processes.kill(heir.pid(), Signal.KILL);
            assertThat(heir.await().code()).isNotZero();
        }
    }

    /** As soon as it has begun. */
    private static boolean isDeafToTerm(int pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:") || line.startsWith("SigBlk:"))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> Signal.TERM.number() - 1 & 1) == 1);
    }

    private long lines() throws IOException {
        return Files.exists(called) ? Files.readAllLines(called).size() : 0;
    }

    @Test
    void anHeirThatWasKilledIsNoTrouble() {
        try (Heir heir = Heir.launch(launcher, command())) {
            Processes.kill(heir.process().pid(), Signal.KILL);
            heir.process().await();
        }

        assertThat(called).doesNotExist();
    }
}
