package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A podman that can checkpoint, with runC or this program as its runtime. Its storage, state, locks and cgroups are its own: nothing of
 * the host's podman is seen or touched.
 */
final class CheckpointingPodman implements AutoCloseable {
    private static final String IMAGE = "localhost/jm:1";
    private static final String DEFAULT_PARENT = "libpod_parent";
    private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");
    private static final Path PROGRAM = Path.of("/usr/bin/podman");

    private final Path directory;
    private final String cgroupParent = Busybox.newId();

    /** The parent of containers for which none was asked, where it was not there before. */
    private final List<String> parents =
            ofOthers(DEFAULT_PARENT) ? List.of(cgroupParent) : List.of(cgroupParent, DEFAULT_PARENT);

    private final RunDirectory running = RunDirectory.make();

    private CheckpointingPodman(Path directory) {
        this.directory = directory;
    }

    /** Skips where podman, runC or CRIU are missing. */
    static CheckpointingPodman in(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "podman is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/runc")), "runc is not installed");
        Files.createSymbolicLink(Files.createDirectory(directory.resolve("bin")).resolve("criu"), criu());
        Files.writeString(directory.resolve("containers.conf"), """
                [engine]
                lock_type = "file"
                events_logger = "none"
                cgroup_manager = "cgroupfs"
                [engine.runtimes]
                jmigrate = ["%s"]
                """.formatted(InstalledProgram.FRONT));
        return new CheckpointingPodman(directory);
    }

    /** Imports the root filesystem of a bundle as the image of its containers. */
    void importImage(Path rootfs) {
        Path tar = directory.resolve("rootfs.tar");
        call(List.of("tar", "-C", rootfs.toString(), "-cf", tar.toString(), "."));
        run("runc", "import", tar.toString(), IMAGE);
    }

    /** Skips where there is no CRIU. */
    static Path criu() {
        try {
            return CriuBinary.find(List.of("PATH=" + System.getenv("PATH")), Optional.empty())
                    .path();
        } catch (Failure e) {
            return assumeNo(e);
        }
    }

    private static Path assumeNo(Failure e) {
        assumeTrue(false, "no CRIU: " + e.getMessage());
        throw e;
    }

    /** Starts a container of the image. */
    void start(String runtime, String name, List<String> options, String... command) {
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", name, "--network=none"));
        words.addAll(options);
        words.addAll(List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"));
        words.addAll(List.of("--cgroup-parent", "/" + cgroupParent, IMAGE));
        words.addAll(List.of(command));
        run(runtime, words.toArray(String[]::new));
    }

    /** Runs a command that has to succeed. @return what it printed */
    String run(String runtime, String... words) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--runtime", runtime));
        for (String place : List.of("root", "tmpdir")) {
            command.addAll(List.of("--" + place, directory.resolve(place).toString()));
        }
        command.addAll(List.of("--runroot", running.path().toString()));
        command.addAll(List.of("--storage-driver", "vfs"));
        command.addAll(List.of(words));
        return call(command);
    }

    private String call(List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "CONTAINERS_CONF",
                            directory.resolve("containers.conf").toString(),
                            "PATH",
                            directory.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin",
                            "JMIGRATE_NO_SERVICE",
                            "1"));
            int status = InstalledProgram.status(builder.start(), command);
            Called called = new Called(status, Files.readString(out), Files.readString(err));
            assertThat(status).as("%s: %s", command, called).isZero();
            return called.out();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes its containers, and what they have left mounted and in cgroups. */
    @Override
    public void close() {
        try (running) {
            for (String runtime : List.of("runc", "jmigrate")) {
                run(runtime, "rm", "--all", "--force", "--time", "0");
            }
        } finally {
            RunDirectory.unmountBelow(directory);
            parents.forEach(this::removeCgroups);
        }
    }

    private static boolean ofOthers(String cgroup) {
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(HIERARCHIES)) {
            for (Path hierarchy : hierarchies) {
                if (Files.exists(hierarchy.resolve(cgroup))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeCgroups(String name) {
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(HIERARCHIES)) {
            for (Path hierarchy : hierarchies) {
                Path parent = hierarchy.resolve(name);
                if (Files.isDirectory(parent)) {
                    call(List.of("find", parent.toString(), "-depth", "-type", "d", "-delete"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
