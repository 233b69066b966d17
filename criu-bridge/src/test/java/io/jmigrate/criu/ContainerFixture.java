package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerState;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.CreateRequest;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.container.ExecProcess;
import io.jmigrate.runtime.container.ExecRequest;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real containers for tests: a runtime root of their own, bundles of installed software, and everything removed at the end. */
final class ContainerFixture implements AutoCloseable {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "../native/target"));
    private static final Path MAKE_BUNDLE =
            Path.of("../test-images/make-bundle").toAbsolutePath();

    private final Path directory;
    private final FrontConnection launcher;
    private final Containers containers;
    private final CriuBinary criu;
    private final List<ContainerId> used = new ArrayList<>();

    private ContainerFixture(Path directory, CriuBinary criu) {
        this.directory = directory;
        this.criu = criu;
        this.launcher = Launchers.openSubreaper(NATIVE.resolve("jmigrate"));
        this.containers = Containers.at(directory.resolve("root"), launcher, NATIVE);
    }

    /** Skips the test where there can be no containers or no CRIU. */
    static ContainerFixture open(Path directory) {
        assumeTrue(Processes.effectiveUid() == 0, "containers need root");
        assumeTrue(Files.isExecutable(NATIVE.resolve("jmigrate-init")), "the native programs are not built");
        return new ContainerFixture(directory, installedCriu());
    }

    static CriuBinary installedCriu() {
        List<String> environment = System.getenv().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        try {
            return CriuBinary.find(environment, Optional.empty());
        } catch (RuntimeException e) {
            assumeTrue(false, "no CRIU: " + e.getMessage());
            throw e;
        }
    }

    Containers containers() {
        return containers;
    }

    FrontConnection launcher() {
        return launcher;
    }

    CheckpointContainer checkpoint() {
        return checkpoint(criu);
    }

    CheckpointContainer checkpoint(CriuBinary with) {
        return new CheckpointContainer(containers, launcher, with);
    }

    RestoreContainer restore() {
        return restore(criu);
    }

    RestoreContainer restore(CriuBinary with) {
        return new RestoreContainer(containers, launcher, with);
    }

    /** An id that no other test and no other run has. */
    ContainerId id(String name) {
        ContainerId id = ContainerId.of("jmt-" + name + "-"
                + ProcessHandle.current().pid() + "-" + Integer.toHexString(System.identityHashCode(this)));
        used.add(id);
        return id;
    }

    /** Makes a bundle with test-images/make-bundle. */
    Path bundle(String kind, String... arguments) {
        Path bundle = directory.resolve("bundle-" + kind);
        List<String> command = new ArrayList<>(List.of(MAKE_BUNDLE.toString(), kind, bundle.toString()));
        command.addAll(List.of(arguments));
        run(command);
        return bundle;
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Runs a shell command as a container's first process. */
    ContainerId runShell(String name, Path bundle, StandardStreams streams) {
        ContainerId id = id(name);
        containers.run().detached(CreateRequest.of(id, bundle, streams));
        return id;
    }

    /** Runs the bundle's command with more descriptors than the streams, from 3 on. */
    ContainerId runWith(String name, Path bundle, Fd... more) {
        ContainerId id = id(name);
        CreateRequest plain = CreateRequest.of(id, bundle, nullStreams());
        containers
                .run()
                .detached(new CreateRequest(
                        id,
                        bundle,
                        plain.streams(),
                        plain.console(),
                        plain.pidFile(),
                        plain.pidfdSocket(),
                        plain.rootEntry(),
                        plain.keepsKeyring(),
                        List.of(more),
                        0));
        return id;
    }

    /** One more process in the container. */
    Child exec(ContainerId id, String... args) {
        ExecProcess process = new ExecProcess.Like(
                List.of(args),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                true,
                SecurityLabels.NONE);
        return containers.exec().exec(ExecRequest.of(id, process, nullStreams()));
    }

    ProcessRef root(ContainerId id) {
        return containers.inspect(id).state().init().orElseThrow();
    }

    boolean runs(ContainerId id) {
        return containers.inspect(id).state() instanceof ContainerState.Running;
    }

    static StandardStreams nullStreams() {
        Fd device = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE);
        return new StandardStreams(device, device, device);
    }

    /** Nothing to read, and this for both kinds of output. */
    static StandardStreams output(TestStream stream) {
        return new StandardStreams(nullStreams().in(), stream.fd(), stream.fd());
    }

    static Fd fileForWriting(Path file) {
        return Descriptors.open(file, 0644, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.APPEND);
    }

    /** How often a line was written, by a container that writes one after the other. */
    static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The lines of such a file; the last may be half-written and is left out then. */
    static List<Integer> numbers(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Integer::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (ContainerId id : used) {
            containers.delete().delete(new DeleteRequest(id, true));
        }
        launcher.close();
    }
}
