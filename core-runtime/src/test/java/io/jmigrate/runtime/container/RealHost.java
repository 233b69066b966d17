package io.jmigrate.runtime.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.ExitStatus;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A runtime root and a launcher on the real kernel. Closing it removes every container and proves that nothing is left. */
final class RealHost implements AutoCloseable {
    static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "native/target"));

    private final Path root;
    private final Path files;
    private final FrontConnection launcher;
    private final Containers containers;

    private RealHost(Path root, Path files, FrontConnection launcher) {
        this.root = root;
        this.files = files;
        this.launcher = launcher;
        this.containers = Containers.at(root, launcher, NATIVE);
    }

    static RealHost open() {
        assumeTrue(Processes.effectiveUid() == 0, "containers need root");
        assumeTrue(TestBundle.possible(), "the tests' root filesystem is /bin/busybox, which is not installed");
        assumeTrue(Files.isExecutable(NATIVE.resolve("jmigrate-init")), "the native init is not built in " + NATIVE);
        try {
            Path files = Files.createTempDirectory("jm-life");
            return new RealHost(files.resolve("root"), files, Launchers.openSubreaper(NATIVE.resolve("jmigrate")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Containers containers() {
        return containers;
    }

    FrontConnection launcher() {
        return launcher;
    }

    Path root() {
        return root;
    }

    Path files() {
        return files;
    }

    TestBundle bundle() {
        return TestBundle.in(files);
    }

    static ContainerId newId() {
        return ContainerId.of("t" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** What a finished container or exec has left behind. */
    record Outcome(ExitStatus status, List<String> output, List<String> errors) {
        String text() {
            return String.join("\n", output);
        }
    }

    /** Runs the bundle in the foreground, with output to files. */
    Outcome run(TestBundle bundle) {
        return capture(streams -> containers
                .run()
                .foreground(new RunRequest(CreateRequest.of(newId(), bundle.directory(), streams), false), _ -> {}));
    }

    /** Runs it detached with /dev/null as streams. */
    ContainerRecord start(TestBundle bundle) {
        return start(newId(), bundle);
    }

    ContainerRecord start(ContainerId id, TestBundle bundle) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            return containers.run().detached(CreateRequest.of(id, bundle.directory(), streams));
        }
    }

    CreatedContainer create(ContainerId id, TestBundle bundle) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            return containers.create().create(CreateRequest.of(id, bundle.directory(), streams));
        }
    }

    Outcome exec(ContainerId id, String... args) {
        return exec(id, ExecProcess.of(args));
    }

    Outcome exec(ContainerId id, ExecProcess process) {
        return capture(streams -> {
            Child child = containers.exec().exec(ExecRequest.of(id, process, streams));
            return child.exited().join();
        });
    }

    interface Streaming {
        ExitStatus run(StandardStreams streams);
    }

    Outcome capture(Streaming program) {
        try {
            Path out = Files.createTempFile(files, "out", "");
            Path err = Files.createTempFile(files, "err", "");
            try (Fd in = Descriptors.open(Path.of("/dev/null"));
                    Fd output = Descriptors.open(out, OpenFlag.WRITE_ONLY);
                    Fd errors = Descriptors.open(err, OpenFlag.WRITE_ONLY)) {
                ExitStatus status = program.run(new StandardStreams(in, output, errors));
                return new Outcome(status, Files.readAllLines(out), Files.readAllLines(err));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths of cgroups and mounts that carry a container's id or this host's directory. */
    List<String> leftovers(ContainerId id) {
        List<String> found = new ArrayList<>();
        MountInfo.ofSelf().stream()
                .map(MountInfo::mountPoint)
                .filter(mount -> mount.startsWith(root.toString()))
                .forEach(found::add);
        try (Stream<Path> hierarchies = Files.walk(Path.of("/sys/fs/cgroup"), 5)) {
            hierarchies
                    .filter(path -> path.getFileName().toString().startsWith(id.value()))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .forEach(found::add);
        } catch (UncheckedIOException | IOException e) {
            // a cgroup of somebody else has vanished during the walk: look again
            return leftovers(id);
        }
        if (Files.exists(root.resolve(id.value()))) {
            found.add(root.resolve(id.value()).toString());
        }
        return found;
    }

    static Optional<String> cgroupLine(int pid, String controller) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
                .filter(line -> line.split(":")[1].equals(controller))
                .map(line -> line.split(":", 3)[2])
                .findFirst();
    }

    @Override
    public void close() {
        for (ContainerId id : containers.store().ids()) {
            containers.delete().delete(new DeleteRequest(id, true));
        }
        launcher.close();
        try {
            Process removal = new ProcessBuilder("rm", "-rf", "--one-file-system", files.toString()).start();
            if (!removal.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS) || removal.exitValue() != 0) {
                throw new IllegalStateException("cannot remove " + files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
