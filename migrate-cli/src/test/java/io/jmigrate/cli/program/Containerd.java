package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A containerd with a store, a socket and cgroups of its own, whose shims call the program of the built tree, which a warm service
 * serves. Its image is a root filesystem of busybox.
 */
final class Containerd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/containerd");
    private static final Path CLIENT = Path.of("/usr/bin/ctr");
    /** containerd's own, and Docker's. */
    private static final List<String> NAMESPACES = List.of("default", "moby");

    private final RunDirectory place = RunDirectory.make();
    private final String cgroup = Busybox.newId();
    private final InstalledProgram program;
    private final Path rootfs;
    private Daemon daemon;

    private Containerd(Path directory) {
        program = InstalledProgram.in(directory);
        rootfs = Busybox.bundle(directory, "true").resolve("rootfs");
    }

    /** Skips where containerd is not installed. */
    static Containerd in(Path directory) throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isExecutable(PROGRAM) && Files.isExecutable(CLIENT), "containerd is not installed");
        Containerd containerd = new Containerd(directory);
        try {
            containerd.start();
            return containerd;
        } catch (RuntimeException | Error e) {
            containerd.close();
            throw e;
        }
    }

    /** Skips where containerd can't count: it needs a mount of every controller of version 1 that the kernel tells of. */
    static void requireCgroups() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            for (String controller : line.split(":")[1].split(",")) {
                boolean mounted = controller.isEmpty()
                        || MountInfo.ofSelf().stream()
                                .anyMatch(mount ->
                                        List.of(mount.superOptions().split(",")).contains(controller));
                assumeTrue(mounted, "the cgroup controller " + controller + " is not mounted");
            }
        }
    }

    private void start() throws IOException {
        program.warm();
        Path configuration = Files.writeString(path("config.toml"), """
                version = 2
                root = "%1$s/store"
                state = "%1$s/state"
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                [grpc]
                  address = "%1$s/sock"
                [ttrpc]
                  address = "%1$s/sock.ttrpc"
                """.formatted(place.path()));
        daemon = Daemon.start(
                List.of(PROGRAM.toString(), "--config", configuration.toString()),
                environment(),
                path("containerd.log"),
                () -> Files.exists(socket()) && ctr("version").status() == 0);
    }

    /** For the shims, which inherit it. */
    Map<String, String> environment() {
        return Map.of(InstalledProgram.SOCKET_VARIABLE, program.socket().toString());
    }

    Path socket() {
        return path("sock");
    }

    /** A path in its own, short directory. */
    Path path(String name) {
        return place.path().resolve(name);
    }

    Path rootfs() {
        return rootfs;
    }

    /** Above all of its containers. */
    String cgroup() {
        return cgroup;
    }

    /** Runs its client to the end. */
    Called ctr(String... words) {
        return call(words(words));
    }

    /** The words of {@code ctr run} for a container of busybox. */
    List<String> running(List<String> options, String id, String... command) {
        List<String> all = new ArrayList<>(options);
        all.add("--rootfs");
        return runningOf(rootfs.toString(), all, id, command);
    }

    /** The same for a container of an image in its store. */
    List<String> runningOf(String image, List<String> options, String id, String... command) {
        List<String> all = new ArrayList<>(words(
                "run",
                "--runc-binary=" + InstalledProgram.FRONT,
                "--runc-root=" + path("runtime"),
                "--env=PATH=/bin",
                "--cgroup=/" + cgroup + "/" + id));
        all.addAll(options);
        all.addAll(List.of(image, id));
        all.addAll(List.of(command));
        return all;
    }

    List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of(CLIENT.toString(), "--address=" + socket()));
        all.addAll(List.of(words));
        return all;
    }

    /** Runs a command to its end, with nothing to read. */
    Called call(List<String> command) {
        try {
            Path out = Files.createTempFile(place.path(), "out", "");
            Path err = Files.createTempFile(place.path(), "err", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("DOCKER_CONFIG", place.path().toString());
            int status = InstalledProgram.status(builder.start(), command);
            return new Called(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (place;
                program) {
            if (daemon != null) {
                end();
            }
        } finally {
            removeCgroups();
        }
    }

    private void end() {
        try (Daemon _ = daemon) {
            NAMESPACES.forEach(this::removeContainers);
        } finally {
            endShims();
        }
    }

    private void removeContainers(String namespace) {
        for (String id : ctr("-n", namespace, "tasks", "ls", "-q").out().lines().toList()) {
            ctr("-n", namespace, "tasks", "rm", "--force", id);
        }
        for (String id :
                ctr("-n", namespace, "containers", "ls", "-q").out().lines().toList()) {
            ctr("-n", namespace, "containers", "rm", id);
        }
    }

    /** A shim ends with its container; not so if the test has failed half-way. */
    private void endShims() {
        ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(socket().toString()::equals))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void removeCgroups() {
        try {
            Podman.cgroups(cgroup).forEach(each -> Programs.run("rmdir", each.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
