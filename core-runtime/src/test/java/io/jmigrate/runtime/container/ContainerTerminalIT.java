package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.console.ConsoleSocket;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.plan.RootEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terminals of a container's own, whose masters somebody gets by a socket. */
class ContainerTerminalIT {
    private RealHost host;
    private Path socket;
    private Fd listening;

    @BeforeEach
    void openHost() {
        host = RealHost.open();
        socket = host.files().resolve("console.sock");
        listening = Sockets.listen(socket, 0600);
    }

    @AfterEach
    void closeHost() {
        if (host != null) {
            listening.close();
            host.close();
        }
    }

    private TestBundle bundle(String script) {
        return host.bundle().shell(script).changed(config -> {
            ObjectNode process = (ObjectNode) config.get("process");
            process.put("terminal", true);
            process.putObject("consoleSize").put("height", 33).put("width", 99);
        });
    }

    private CreatedContainer create(TestBundle bundle, Console console) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            ContainerId id = RealHost.newId();
            return host.containers()
                    .create()
                    .create(new CreateRequest(
                            id,
                            bundle.directory(),
                            streams,
                            console,
                            Optional.empty(),
                            Optional.empty(),
                            RootEntry.PIVOT,
                            false,
                            List.of(),
                            0));
        }
    }

    private Child execute(ContainerId id, String script, Console console) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            ExecProcess process = new ExecProcess.Like(
                    List.of("/bin/sh", "-c", script),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    true,
                    false,
                    SecurityLabels.NONE);
            return host.containers()
                    .exec()
                    .exec(new ExecRequest(
                            id,
                            process,
                            streams,
                            console,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            false,
                            false));
        }
    }

    private Fd received() {
        try (Fd connection = Sockets.accept(listening)) {
            Received message = Sockets.receive(connection, 4096, 1);
            assertThat(StandardCharsets.US_ASCII.decode(message.data()).toString())
                    .isEqualTo("/dev/ptmx");
            return message.fds().getFirst();
        }
    }

    /** All that is written to a terminal until nobody has it open any more, which a master calls an error. */
    private static String written(Fd master) {
        ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
        try {
            while (Descriptors.read(master, bytes) > 0) {
                // until its end
            }
        } catch (LinuxException e) {
            assertThat(e.errno()).isEqualTo(new Errno(5)); // EIO
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheProcesssControllingTerminalAndTheContainersConsole(boolean userNamespace) {
        String script = "readlink /proc/self/fd/0; stat -c '%t:%T %u' /dev/console; echo to-tty >/dev/tty;"
                + " echo to-console >/dev/console; read line; echo got $line; grep -c /dev/console /proc/mounts; exit 5";
        TestBundle bundle = bundle(script);
        CreatedContainer created = create(userNamespace ? bundle.inUserNamespace() : bundle, new ConsoleSocket(socket));
        try (Fd master = received()) {
            Descriptors.writeFully(master, ByteBuffer.wrap("words\n".getBytes(StandardCharsets.US_ASCII)));
            host.containers().start().start(created.record().id());
            assertThat(created.init().await().code()).isEqualTo(5);
            assertThat(written(master).split("\r\n"))
                    .containsExactly("words", "/dev/pts/0", "88:0 0", "to-tty", "to-console", "got words", "1");
        }
    }

    @Test
    void hasTheSizeOfTheConfigAndBelongsToTheUser() {
        TestBundle bundle = bundle("stat -c %u /dev/pts/0; stty size; id -u; echo x >/dev/stdout")
                .changed(config -> ((ObjectNode) config.get("process"))
                        .putObject("user")
                        .put("uid", 7)
                        .put("gid", 8));
        CreatedContainer created = create(bundle, new ConsoleSocket(socket));
        try (Fd master = received()) {
            host.containers().start().start(created.record().id());
            assertThat(created.init().await().success()).isTrue();
            assertThat(written(master).split("\r\n")).containsExactly("7", "33 99", "7", "x");
        }
    }

    @Test
    void isAnotherOneForEachExecutedProcess() throws IOException {
        CreatedContainer created = create(bundle("read line"), new ConsoleSocket(socket));
        ContainerId id = created.record().id();
        try (Fd master = received()) {
            host.containers().start().start(id);
            Child child = execute(id, "readlink /proc/self/fd/1; echo t >/dev/tty; exit 3", new ConsoleSocket(socket));
            try (Fd second = received()) {
                assertThat(child.await().code()).isEqualTo(3);
                assertThat(written(second)).isEqualTo("/dev/pts/1\r\nt\r\n");
            }
            assertThat(Files.exists(Path.of("/proc/" + created.init().pid()))).isTrue();
            assertThat(master.isOpen()).isTrue();
        }
    }

    @Test
    void isRefusedBeforeAnythingIsMadeWhenNobodyGetsIt() {
        TestBundle bundle = bundle("true");

        Failure unattended = catchThrowableOfType(Failure.class, () -> create(bundle, Console.none()));
        Failure inVain = catchThrowableOfType(
                Failure.class, () -> create(host.bundle().shell("true"), new ConsoleSocket(socket)));

        assertThat(unattended.code()).isEqualTo(RuntimeCode.CONSOLE);
        assertThat(inVain.code()).isEqualTo(RuntimeCode.CONSOLE);
        assertThat(host.containers().store().ids()).isEmpty();
    }

    @Test
    void leavesNothingOfTheContainerWhenTheSocketTakesNothing() {
        Path deaf = host.files().resolve("nobody.sock");

        Failure failure = catchThrowableOfType(Failure.class, () -> create(bundle("true"), new ConsoleSocket(deaf)));

        assertThat(failure.code()).isEqualTo(RuntimeCode.CONSOLE);
        assertThat(failure).hasMessageContaining(deaf + ": no such file or directory");
        assertThat(host.containers().store().ids()).isEmpty();
    }

    @Test
    void isMadeOfADevptsOnly() {
        TestBundle bundle = bundle("true").changed(config -> {
            config.withArray("mounts")
                    .removeIf(mount -> mount.get("destination").asText().equals("/dev/pts"));
        });

        Failure failure = catchThrowableOfType(Failure.class, () -> create(bundle, new ConsoleSocket(socket)));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure)
                .hasMessage("make a terminal in /dev/pts and bind it onto /dev/console: no such file or directory");
    }

    /** An image could lead it to files of the kernel, before these are made read-only (CVE-2025-52565). */
    @Test
    void isNotBoundOntoWhatALinkOfTheImageLeadsTo() throws IOException {
        TestBundle bundle = bundle("true").changed(config -> config.withArray("mounts")
                .removeIf(mount -> mount.get("destination").asText().equals("/dev")));
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/console"), Path.of("/proc/sysrq-trigger"));

        Failure failure = catchThrowableOfType(Failure.class, () -> create(bundle, new ConsoleSocket(socket)));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(failure)
                .hasMessage(
                        "make a terminal in /dev/pts and bind it onto /dev/console: too many levels of symbolic links");
        assertThat(host.containers().store().ids()).isEmpty();
    }
}
