package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.SharedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program of the built tree, run as its users run it: as a process, in a directory and with a runtime root and a service's socket
 * of its own. Closing it ends its service and removes its containers.
 */
public final class InstalledProgram implements AutoCloseable {
    public static final Path FRONT = Path.of(System.getProperty("jmigrate.tree", "../target/jmigrate"))
            .toAbsolutePath()
            .normalize()
            .resolve("bin/jmigrate");

    /** Names the socket of its service. */
    static final String SOCKET_VARIABLE = SharedService.VARIABLE;

    private static final long LIMIT_SECONDS = 60;

    private final Path directory;
    private Path called = FRONT;
    private final Map<String, String> environment = new HashMap<>();

    private InstalledProgram(Path directory) {
        this.directory = directory;
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put(SOCKET_VARIABLE, socket().toString());
    }

    /** The program in a directory, with no service yet: each command starts a JVM. Skips where there is no tree. */
    public static InstalledProgram in(Path directory) {
        assumeTrue(Files.isExecutable(FRONT), "the tree is not built: no " + FRONT);
        return new InstalledProgram(directory);
    }

    /** Another program in its place, with the same words. */
    public InstalledProgram calling(Path program) {
        called = program;
        return this;
    }

    /** Where its service listens. */
    public Path socket() {
        return directory.resolve("service.sock");
    }

    /** Where the state of its containers is. */
    public Path root() {
        return directory.resolve("root");
    }

    /** Sets a variable of its environment. */
    public InstalledProgram with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a command to its end, on its runtime root and with nothing to read. */
    public Called run(String... words) {
        return run(Path.of("/dev/null"), words);
    }

    /** The same with a file to read from. */
    public Called run(Path input, String... words) {
        List<String> command = new ArrayList<>(List.of("--root", root().toString()));
        command.addAll(List.of(words));
        return runPlain(input, command);
    }

    /** Runs exactly these words. */
    public Called runPlain(Path input, List<String> words) {
        return call(input, front(words));
    }

    private Called call(Path input, List<String> command) {
        try {
            // files and not pipes: a container that is left running keeps its standard streams open
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            Process process = builder(command)
                    .redirectInput(input.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int status = status(process, command);
            return new Called(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs exactly these words in a shell that has opened more descriptors before, by a line such as {@code exec 3< file}. */
    public Called redirected(String redirection, String... words) {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", redirection + "; exec \"$0\" \"$@\"", called.toString()));
        command.addAll(List.of(words));
        return call(Path.of("/dev/null"), command);
    }

    /** Starts a command, whose streams are pipes. */
    public Process start(String... words) {
        return start(ProcessBuilder.Redirect.PIPE, words);
    }

    /** The same with a file for errors, which is there for whoever writes to it when the command has ended; a pipe is not. */
    public Process startTelling(Path errors, String... words) {
        return start(ProcessBuilder.Redirect.to(errors.toFile()), words);
    }

    private Process start(ProcessBuilder.Redirect errors, String... words) {
        List<String> command = new ArrayList<>(List.of("--root", root().toString()));
        command.addAll(List.of(words));
        try {
            return builder(front(command)).redirectError(errors).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> front(List<String> words) {
        List<String> command = new ArrayList<>(List.of(called.toString()));
        command.addAll(words);
        return command;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(Programs.heedingSignals(command)).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** Waits for the end of a command. */
    public static int status(Process process, Object what) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not ended after " + LIMIT_SECONDS + " s: " + what);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lets its commands run in the service that the tests of this JVM share, which stays when this one is closed. */
    public InstalledProgram served() {
        return with(SOCKET_VARIABLE, SharedService.socket().toString());
    }

    /** Lets its commands be without a service, or use one of its own, if it has been started. */
    public InstalledProgram alone() {
        return with(SOCKET_VARIABLE, socket().toString());
    }

    /** Starts its service, so that the next commands find it. */
    public InstalledProgram warm() {
        assertThat(run("service", "start")).isEqualTo(new Called(0, "", ""));
        return this;
    }

    @Override
    public void close() {
        for (String id : run("list", "--quiet").out().lines().toList()) {
            assertThat(run("delete", "--force", id).err()).isEmpty();
        }
        if (Files.exists(socket())) {
            assertThat(run("service", "stop").err()).isEmpty();
        }
        assertThat(socket()).doesNotExist();
    }
}
