package io.jmigrate.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The front as a command: by the service's socket, and with a program in the place of Java. */
@Timeout(30)
class FrontTest {
    private static final Path FRONT = Path.of(System.getProperty("jmigrate.native.dir"), "jmigrate");

    @TempDir
    private Path directory;

    private FrontConnection launcher;
    private FdPair errors;
    private Fd service;
    private Path socket;

    @BeforeEach
    void open() {
        launcher = Launchers.open(FRONT);
        errors = Descriptors.pipe();
        socket = directory.resolve("service.sock");
        service = Sockets.listen(socket, 0600);
    }

    @AfterEach
    void close() {
        launcher.close();
        service.close();
        errors.close();
    }

    private Child command(Path front, String... words) {
        List<String> argv = new ArrayList<>(List.of("jmigrate"));
        argv.addAll(List.of(words));
        Launch request = new Launch(
                front,
                argv,
                List.of("JMIGRATE_SERVICE=" + socket, "COLOUR=grün", "PATH=/usr/bin:/bin"),
                Optional.of(directory),
                Map.of(1, errors.second(), 2, errors.second(), 3, errors.first(), 4, errors.first()),
                false,
                Optional.empty());
        return launcher.launch(request);
    }

    private String said() {
        ByteBuffer text = ByteBuffer.allocate(4096);
        Descriptors.read(errors.first(), text);
        return StandardCharsets.UTF_8.decode(text.flip()).toString();
    }

    private static int code(Child child) throws Exception {
        return child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).code();
    }

    @Test
    void handsTheCommandToTheService() throws Exception {
        Child front = command(FRONT, "run", "--preserve-fds=1", "wörd");
        CompletableFuture<Void> hungUp = new CompletableFuture<>();
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            connection.onHangUp(() -> hungUp.complete(null));
            Hello hello = connection.hello();
            assertThat(hello.argv()).containsExactly("jmigrate", "run", "--preserve-fds=1", "wörd");
            assertThat(hello.variable("COLOUR")).contains("grün");
            assertThat(hello.cwd()).contains(directory.toRealPath());
            assertThat(hello.descriptors()).containsOnlyKeys(0, 1, 2, 3);
            Descriptors.writeFully(
                    hello.descriptors().get(1), ByteBuffer.wrap("output".getBytes(StandardCharsets.UTF_8)));
            hello.descriptors().values().forEach(Fd::close);
            connection.exit(42);
            assertThat(code(front)).isEqualTo(42);
        }
        assertThat(said()).isEqualTo("output");
        assertThat(hungUp).isNotDone();
    }

    @Test
    void handsOverTheDescriptorThatIsToBeToldAndKeepsNone() throws Exception {
        Child front = command(FRONT, "checkpoint", "-status-fd", "4");
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            Fd status = connection.hello().descriptors().get(4);
            assertThat(connection.hello().descriptors()).containsOnlyKeys(0, 1, 2, 4);
            String target = Descriptors.target(status);
            Path own = Path.of("/proc/" + front.pid() + "/fd/4");
            await().until(() -> !Files.exists(own) || !Descriptors.readlink(own).equals(target));
            connection.exit(0);
            assertThat(code(front)).isZero();
        }
    }

    @Test
    void hangsUpIfItIsGoneBeforeItIsTold() throws Exception {
        Child front = command(FRONT, "run");
        CompletableFuture<Void> hungUp = new CompletableFuture<>();
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            connection.onHangUp(() -> hungUp.complete(null));
            ProcessHandle.of(front.pid()).orElseThrow().destroyForcibly();
            hungUp.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void startsProgramsAsItsOwnChildren() throws Exception {
        Child front = command(FRONT, "run");
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            Child child = connection.launch(Launch.of(Path.of("/bin/sh"), "-c", "echo $PPID")
                    .withDescriptors(Map.of(1, connection.hello().descriptors().get(1))));
            assertThat(code(child)).isZero();
            assertThat(said()).isEqualTo(front.pid() + "\n");
            connection.exit(0);
            assertThat(code(front)).isZero();
        }
    }

    @Test
    void passesSignalsToJavaOrToAChild() throws Exception {
        Child front = command(FRONT, "run");
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            CompletableFuture<Signal> signal = new CompletableFuture<>();
            Processes.kill(front.pid(), Signal.TERM);
            connection.onSignal(signal::complete);
            assertThat(signal.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Signal.TERM);

            Child child = connection.launch(Launch.of(Path.of("/bin/sleep"), "1000"));
            connection.forwardSignals(child);
            // a second launch: the front has read what came before it
            connection.launch(Launch.of(Path.of("/bin/true")));
            Processes.kill(front.pid(), Signal.INT);
            assertThat(child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new ExitStatus.Signalled(Signal.INT, false));
            connection.exit(0);
            assertThat(code(front)).isZero();
        }
    }

    @Test
    void passesAChildTheSignalsThatCameBeforeIt() throws Exception {
        Child front = command(FRONT, "run");
        try (FrontConnection connection = FrontConnection.over(Sockets.accept(service))) {
            Processes.kill(front.pid(), Signal.INT);
            Child child = connection.launch(Launch.of(Path.of("/bin/sleep"), "1000"));
            connection.forwardSignals(child);
            assertThat(child.exited().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new ExitStatus.Signalled(Signal.INT, false));
            connection.forwardSignals(child); // which is gone: signals do not go to whoever has its pid now
            connection.exit(0);
            assertThat(code(front)).isZero();
        }
    }

    @Test
    void saysWhenTheServiceGoesAway() throws Exception {
        Child front = command(FRONT, "list");
        FrontConnection.over(Sockets.accept(service)).close();
        assertThat(code(front)).isEqualTo(1);
        assertThat(said()).isEqualTo("jmigrate: the service went away before the command was complete\n");
    }

    @Test
    void doesNotTrustASocketThatOthersMayUse() throws Exception {
        service.close();
        Files.delete(socket);
        service = Sockets.listen(socket, 0666);
        assertThat(code(command(tree("exit 0"), "list"))).isEqualTo(1);
        assertThat(said()).startsWith("jmigrate: Java ended with code 0");
    }

    /** A tree with a shell script in the place of Java. */
    private Path tree(String script) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("tree/bin"));
        Path java = Files.createDirectories(directory.resolve("tree/lib/runtime/bin"))
                .resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                directory.resolve("tree/lib/java.options"), "# options\n-Dx=@PREFIX@/a b:@PREFIX@\n\n-Xshare\n");
        return Files.copy(FRONT, bin.resolve("jmigrate"));
    }

    @Test
    void startsJavaOfItsOwnTreeWithItsOptions() throws Exception {
        service.close();
        Path out = directory.resolve("seen");
        Path front = tree("printf '%s\\n' \"$@\" >" + out + "; ls /proc/self/fd | wc -l >>" + out + "; exit 9");
        assertThat(code(command(front, "list"))).isEqualTo(1);
        String prefix = directory.toRealPath().resolve("tree").toString();
        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "-Dx=" + prefix + "/a b:" + prefix,
                        "-Xshare",
                        "io.jmigrate.cli.Main",
                        "--front-fd",
                        "3",
                        "5"); // 0 to 3 and the directory of ls
        assertThat(said()).isEqualTo("jmigrate: Java ended with code 9 before the command was complete\n");
    }

    @Test
    void saysWhatIsMissingInItsTree() throws Exception {
        service.close();
        assertThat(code(command(FRONT, "list"))).isEqualTo(1);
        assertThat(said()).contains("does not lie in a jmigrate tree");
        Path front = tree("exit 0");
        Files.delete(directory.resolve("tree/lib/runtime/bin/java"));
        assertThat(code(command(front, "list"))).isEqualTo(1);
        assertThat(said()).matches("(?s)jmigrate: cannot start Java \\(.*/bin/java\\): No such file or directory\n");
    }
}
