package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The program where cgroups of version 2 are all that is mounted, whatever else this host has. Closing it removes its containers. */
final class Version2Alone implements AutoCloseable {
    private static final List<Path> TOPS = List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"));

    private final Path top;
    private final List<String> passedOn;
    private final Process mounts;
    private final InstalledProgram program;

    private Version2Alone(Path top, List<String> passedOn, Process mounts, InstalledProgram program) {
        this.top = top;
        this.passedOn = passedOn;
        this.mounts = mounts;
        this.program = program;
    }

    /** In a directory, with a service of its own. Skips where this host has no such cgroups. */
    static Version2Alone in(Path directory) throws IOException {
        Path top = TOPS.stream()
                .filter(path -> Files.exists(path.resolve("cgroup.controllers")))
                .findFirst()
                .orElse(null);
        assumeTrue(top != null, "this host has no v2 hierarchy");
        List<String> passedOn = passedOn(top);
        Process mounts = mounts();
        Path alone = Files.writeString(
                directory.resolve("alone"),
                "#!/bin/sh\nexec nsenter -t %d -m --wd=\"$PWD\" %s \"$@\"\n"
                        .formatted(mounts.pid(), InstalledProgram.FRONT));
        Files.setPosixFilePermissions(alone, PosixFilePermissions.fromString("rwx------"));
        return new Version2Alone(
                top,
                passedOn,
                mounts,
                InstalledProgram.in(directory).calling(alone).warm());
    }

    /** A process that holds a mount namespace: the service and the commands have to see the same. */
    private static Process mounts() throws IOException {
        Process process = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-ec", """
                        umount --lazy --recursive /sys/fs/cgroup
                        mount -t cgroup2 cgroup2 /sys/fs/cgroup
                        echo ready
                        exec sleep infinity""")
                .redirectErrorStream(true)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    /** Gives a container a view of its own cgroups. */
    static void viewOfItsOwn(ObjectNode config) {
        ((ObjectNode) config.get("linux")).withArray("namespaces").addObject().put("type", "cgroup");
        config.withArray("mounts")
                .addObject()
                .put("destination", "/sys/fs/cgroup")
                .put("type", "cgroup")
                .put("source", "cgroup");
    }

    InstalledProgram program() {
        return program;
    }

    /** The directory of a cgroup, as this host has it. @param path as in {@code /proc/PID/cgroup} */
    Path directory(String path) {
        return top.resolve(path.substring(1));
    }

    private static List<String> passedOn(Path top) throws IOException {
        return List.of(
                Files.readString(top.resolve("cgroup.subtree_control")).strip().split(" "));
    }

    @Override
    public void close() {
        try {
            program.close();
            for (String controller : passedOn(top)) {
                if (!passedOn.contains(controller)) {
                    Files.writeString(
                            top.resolve("cgroup.subtree_control"), "-" + controller, StandardOpenOption.WRITE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            mounts.destroyForcibly();
        }
    }
}
