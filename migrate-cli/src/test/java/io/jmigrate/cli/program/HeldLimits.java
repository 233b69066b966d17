package io.jmigrate.cli.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limits that the kernel holds for a container, in the files of its v1 cgroups. */
final class HeldLimits {
    private HeldLimits() {}

    /** What a file of the container's cgroup says, of whichever program made the container. */
    static String of(InstalledProgram program, String id, String controller, String file) {
        try {
            int pid = new ObjectMapper()
                    .readTree(program.run("state", id).out())
                    .path("pid")
                    .asInt();
            String cgroup = Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
                    .filter(line -> line.split(":")[1].equals(controller))
                    .map(line -> line.split(":", 3)[2])
                    .findFirst()
                    .orElseThrow();
            return Files.readString(Path.of("/sys/fs/cgroup", controller, cgroup, file))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
