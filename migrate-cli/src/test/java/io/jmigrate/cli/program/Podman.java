package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.SharedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** podman with a store of its own, which calls the program of the built tree as its OCI runtime. */
final class Podman implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/podman");
    /** The runtime in the service that all tests share; CheckpointingPodman's starts a JVM for each of its commands. */
    private static final String SERVED = """
            #!/bin/sh
            JMIGRATE_SERVICE=%s exec %s "$@"
            """;

    /** Some hosts let nobody raise hard limits, and podman asks for a network by default. */
    private static final List<String> CONTAINER =
            List.of("--network=none", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1000:1000");

    /** Locks in files of its own store, instead of shared memory that stays behind. */
    private static final String CONFIGURATION = "containers.conf";

    private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");

    private final Path directory;
    /** The cgroup above its containers, which it never removes itself. */
    private final String cgroup = Busybox.newId();

    private final RunDirectory running = RunDirectory.make();

    private Podman(Path directory) {
        this.directory = directory;
    }

    /** Skips where podman is not installed. */
    static Podman in(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "podman is not installed");
        assumeTrue(Files.isExecutable(InstalledProgram.FRONT), "the tree is not built: no " + InstalledProgram.FRONT);
        Files.writeString(directory.resolve(CONFIGURATION), "[engine]\nlock_type = \"file\"\n");
        Podman podman = new Podman(directory);
        Files.writeString(podman.runtime(), SERVED.formatted(SharedService.socket(), InstalledProgram.FRONT));
        assertThat(podman.runtime().toFile().setExecutable(true)).isTrue();
        return podman;
    }

    /** Podman's monitor hands on no variable that names a service. */
    private Path runtime() {
        return directory.resolve("jmigrate");
    }

    /** Imports the root filesystem of a bundle as an image. */
    void importImage(Path rootfs, String name) {
        Path archive = directory.resolve(name + ".tar");
        succeeds(List.of("tar", "-C", rootfs.toString(), "-cf", archive.toString(), "."));
        succeeds(words("import", archive.toString(), name));
    }

    /** Runs a verb that makes a container, with what this host needs. */
    Called make(String verb, String... words) {
        return run(making(verb, words));
    }

    /** The words of a verb that makes a container. */
    String[] making(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(CONTAINER);
        all.add("--cgroup-parent=/" + cgroup);
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    /** Runs podman at a terminal to its end. */
    Called atTerminal(AtTerminal terminal, List<String> steps, String... words) {
        return call(terminal.words(steps, words(words)));
    }

    /** Runs podman to its end. */
    Called run(String... words) {
        return call(words(words));
    }

    private List<String> words(String... words) {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--root=" + directory.resolve("store"),
                "--runroot=" + running.path(),
                "--tmpdir=" + directory.resolve("tmp"),
                "--runtime=" + runtime(),
                "--storage-driver=vfs",
                "--cgroup-manager=cgroupfs",
                "--events-backend=none"));
        command.addAll(List.of(words));
        return command;
    }

    private void succeeds(List<String> command) {
        Called called = call(command);
        if (called.status() != 0) {
            throw new AssertionError(command + ": " + called);
        }
    }

    private Called call(List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .put("CONTAINERS_CONF", directory.resolve(CONFIGURATION).toString());
            int status = InstalledProgram.status(builder.start(), command);
            return new Called(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (running) {
            removeAll();
        }
    }

    private void removeAll() {
        succeeds(words("rm", "--all", "--force", "--time=0"));
        succeeds(words("rmi", "--all", "--force"));
        await().untilAsserted(() -> assertThat(
                        cgroups(cgroup).filter(path -> !path.toFile().delete()))
                .as("its monitors have ended")
                .isEmpty());
    }

    /** The cgroups whose path holds a word, the deepest first. */
    static Stream<Path> cgroups(String word) throws IOException {
        try (Stream<Path> all = Files.walk(HIERARCHIES)) {
            return all
                    .filter(path -> Files.isDirectory(path) && path.toString().contains(word))
                    .sorted(Comparator.reverseOrder())
                    .toList()
                    .stream();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return cgroups(word); // somebody else's has vanished during the walk: look again
            }
            throw e;
        }
    }
}
