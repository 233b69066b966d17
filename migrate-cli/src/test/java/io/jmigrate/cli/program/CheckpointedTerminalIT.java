package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell at a terminal, which goes on at another one after each restore. */
class CheckpointedTerminalIT {
    private static final Called DONE = new Called(0, "", "");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private String socket;
    private Fd listening;
    private String bundle;
    private AtTerminal terminal;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        CheckpointingPodman.criu(); // skips where there is none
        terminal = AtTerminal.in(directory);
        bundle = BundleConfig.change(Busybox.bundle(directory, "sh"), config -> ((ObjectNode) config.get("process"))
                        .put("terminal", true))
                .toString();
        socket = directory.resolve("console.sock").toString();
        listening = Sockets.listen(Path.of(socket), 0600);
        program = InstalledProgram.in(directory).served();
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
            listening.close();
        }
    }

    /** The master that the last command has sent. */
    private Fd master() {
        try (Fd connection = Sockets.accept(listening)) {
            return Sockets.receive(connection, 4096, 1).fds().getFirst();
        }
    }

    private static void type(Fd master, String words) {
        Descriptors.writeFully(master, ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void expect(Fd master, String words) {
        ByteBuffer shown = ByteBuffer.allocate(64 << 10);
        String text = "";
        while (!text.contains(words)) {
            assertThat(Descriptors.read(master, shown)).as(text).isPositive();
            text = StandardCharsets.UTF_8.decode(shown.duplicate().flip()).toString();
        }
    }

    private String[] detached(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb, "--detach", "--console-socket", socket));
        all.addAll(List.of(words));
        all.addAll(List.of("--bundle", bundle, id));
        return all.toArray(String[]::new);
    }

    @Test
    void goesOnAtAnotherTerminalAfterEachRestore() {
        String first = directory.resolve("first").toString();
        String second = directory.resolve("second").toString();

        assertThat(program.run(detached("run"))).isEqualTo(DONE);
        try (Fd master = master()) {
            type(master, "WORD=kept; echo be''gun\n");
            expect(master, "begun");
            assertThat(program.run("checkpoint", "--image-path", first, id)).isEqualTo(DONE);
        }
        assertThat(program.run("restore", "--detach", "--image-path", first, "--bundle", bundle, id)
                        .err())
                .contains("cannot make a terminal for a process that nobody attends to without a console socket");
        assertThat(program.run(detached("restore", "--image-path", first))).isEqualTo(DONE);
        try (Fd master = master()) {
            type(master, "echo $WORD on $(tty)\n");
            expect(master, "kept on /dev/pts/0");
            assertThat(program.run("checkpoint", "--image-path", second, id)).isEqualTo(DONE);
        }
        Called restored = terminal.run(
                program,
                List.of(
                        "type echo $WORD at `tty`\\r",
                        "expect kept at /dev/pts/0\\r",
                        "expect / # ", // it drops what is typed before
                        "type exit 7\\r"),
                "restore",
                "--image-path",
                second,
                "--bundle",
                bundle,
                id);

        assertThat(restored.status()).as(restored.out() + restored.err()).isEqualTo(7);
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }
}
