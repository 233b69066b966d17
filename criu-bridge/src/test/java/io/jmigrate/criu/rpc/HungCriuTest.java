package io.jmigrate.criu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that speak as CRIU does, and at some point no more. */
@Timeout(60)
class HungCriuTest {
    private static final Path FRONT =
            Path.of(System.getProperty("jmigrate.native.dir", "../native/target"), "jmigrate");

    /** Answers for its version, notifies as often as it is told, and falls silent. */
    private static final String PROGRAM = """
            #!/usr/bin/env python3
            import socket, sys
            s = socket.socket(fileno=int(sys.argv[-1]))
            s.recv(65536)
            s.send(bytes([0x08, 10, 0x10, 1, 0x52, 4, 0x08, 4, 0x10, 2]))
            s.recv(65536)
            for name in (b"pre-dump", b"network-lock", b"post-dump")[:%d]:
                notice = b"\\x0a" + bytes([len(name)]) + name
                s.send(bytes([0x08, 6, 0x10, 1, 0x2a, len(notice)]) + notice)
                s.recv(65536)
            s.recv(65536)
            """;

    @TempDir
    Path directory;

    private FrontConnection launcher;

    @BeforeEach
    void open() {
        assumeThat(Files.isExecutable(FRONT))
                .as("the native programs are built")
                .isTrue();
        launcher = Launchers.open(FRONT);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isEndedWhenItShowsNoSignOfLife(int notifications) throws IOException {
        List<String> seen = new ArrayList<>();
        Vigil vigil = new Vigil(Duration.ofMillis(400), directory.resolve("dump.log"));
        try (Swrk swrk = start(notifications)) {
            assertThatThrownBy(() -> swrk.call(Calls.features(), notification -> seen.add(notification.name()), vigil))
                    .isInstanceOfSatisfying(SwrkLostException.class, e -> assertThat(e.silence())
                            .contains(Duration.ofMillis(400)));
            swrk.process().exited().join();
        }
        assertThat(seen).hasSize(notifications);
    }

    @Test
    void timeOnAProcessorAndALongerLogAreSigns() throws IOException {
        Vigil vigil = new Vigil(Vigil.SILENCE_OF_DUMP, directory.resolve("dump.log"));
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            int pid = (int) busy.pid();
            Vigil.Look first = vigil.look(pid);

            await().until(() -> !vigil.look(pid).processor().equals(first.processor()));
            Files.writeString(directory.resolve("dump.log"), "line");

            assertThat(vigil.look(pid).log()).isNotEqualTo(first.log());
        } finally {
            busy.destroyForcibly();
        }
    }

    private Swrk start(int notifications) throws IOException {
        Path file = Files.createFile(
                directory.resolve("criu"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(file, PROGRAM.formatted(notifications));
        return Swrk.start(launcher, new CriuBinary(file), Optional.empty(), Map.of());
    }
}
