package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers in the foreground of somebody's terminal. */
class ContainerTerminalIT {
    private static final String SHELL = "/ # ";

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private AtTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        terminal = AtTerminal.in(directory);
        program = InstalledProgram.in(directory);
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private Path bundle(boolean wanted, String... command) throws IOException {
        return BundleConfig.change(Busybox.bundle(directory, command), config -> ((ObjectNode) config.get("process"))
                .put("terminal", wanted));
    }

    private Called atTerminal(List<String> steps, String... words) {
        Called called = terminal.run(program, steps, words);
        assertThat(called.err()).as(called.out()).isEmpty();
        return called;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void isTypedToAndToldOfTheSizeAndLeavesTheCallersAsItWas(Way way) throws IOException {
        if (way == Way.WARM) {
            program.served();
        }
        Called called = atTerminal(
                List.of(
                        "expect " + SHELL,
                        "type stty size\\r",
                        "expect 24 80\\r\\n",
                        "resize 40x100",
                        "expect " + SHELL,
                        "type stty size; echo a''b\\r",
                        "expect 40 100\\r\\n",
                        "expect ab\\r\\n",
                        "type sh -c 'echo be''gun; exec sleep 100'\\r",
                        "expect begun\\r\\n",
                        "type \\x03",
                        "expect " + SHELL,
                        "type exit 7\\r"),
                "run",
                "--bundle",
                bundle(true, "sh").toString(),
                id);

        assertThat(called.status()).as(called.out()).isEqualTo(7);
        assertThat(called.out()).doesNotContain("\r\r\n");
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    @Test
    void showsAllThatTheProcessWritesAtItsEnd() throws IOException {
        program.served();
        String script = "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; echo last words";
        Called called = atTerminal(
                List.of(), "run", "--bundle", bundle(true, "sh", "-c", script).toString(), id);

        assertThat(called.status()).isZero();
        assertThat(called.out().lines()).hasSize(2001).endsWith("line 1999", "last words");
    }

    @Test
    void handsSignalsOnAndIsRestoredWhenOneEndsTheContainer() throws IOException {
        program.served();
        String script = "trap 'echo told; exit 9' TERM; echo ready; while :; do sleep 0.1; done";
        Called called = atTerminal(
                List.of("expect ready", "signal 15", "expect told"),
                "run",
                "--bundle",
                bundle(true, "sh", "-c", script).toString(),
                id);

        assertThat(called.status()).isEqualTo(9);
    }

    @Test
    void isRestoredWhenTheServiceIsKilled() throws IOException {
        program.warm();
        String front = program.run("service", "status").out().replaceAll("(?s)[^0-9]*([0-9]+).*", "$1");
        long java = ProcessHandle.of(Long.parseLong(front))
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow()
                .pid();
        Called called = atTerminal(
                List.of("expect ready", "kill " + java),
                "run",
                "--bundle",
                bundle(true, "sh", "-c", "echo ready; sleep 1000").toString(),
                id);
        assertThat(called.status()).isEqualTo(1);
        Files.delete(program.socket()); // of the killed one
        assertThat(called.out()).endsWith("jmigrate: the service went away before the command was complete\r\n");
    }

    @Test
    void isMadeForAnExecutedProcess() throws IOException {
        program.served();
        assertThat(program.run(
                        "run",
                        "--detach",
                        "--bundle",
                        bundle(false, "sleep", "1000").toString(),
                        id))
                .isEqualTo(new Called(0, "", ""));
        Called called = atTerminal(
                List.of("expect " + SHELL, "type tty; stty size; exit 4\\r", "expect /dev/pts/0", "expect 24 80"),
                "exec",
                "--tty",
                id,
                "sh");
        assertThat(called.status()).isEqualTo(4);
        assertThat(program.run("exec", id, "sh", "-c", "tty; true").out()).contains("not a tty");
    }

    @Test
    void isRefusedWhereThereIsNone() throws IOException {
        program.served();
        String wanting = bundle(true, "true").toString();
        String socket = directory.resolve("console.sock").toString();

        assertThat(program.run("run", "--bundle", wanting, id).err())
                .contains("none of this command's standard streams");
        assertThat(program.run("create", "--bundle", wanting, id).err()).contains("without a console socket");
        assertThat(program.run("run", "--detach", "--bundle", wanting, id).status())
                .isEqualTo(1);
        assertThat(program.run("run", "--console-socket", socket, "--bundle", wanting, id)
                        .status())
                .isEqualTo(2);
        assertThat(program.run("create", "--console-socket", socket, "--bundle", wanting, id)
                        .err())
                .contains("cannot hand the terminal to the console socket");
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }
}
