package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many commands at the same time. */
class ConcurrentCommandsIT {
    private static final int RUNS = 50;

    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void fiftyContainersRunAtOnceAndNothingIsLeft() {
        String bundle =
                Busybox.bundle(directory, "sh", "-c", "hostname; exit 3").toString();
        String name = Busybox.newId();
        List<Process> runs = IntStream.range(0, RUNS)
                .mapToObj(i -> program.start("run", "--bundle", bundle, name + "-" + i))
                .toList();
        for (Process run : runs) {
            String said = output(run);
            assertThat(InstalledProgram.status(run, "run")).as(said).isEqualTo(3);
            assertThat(said).isEqualTo("busybox\n");
        }
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    /** Each of two can be the first; the other is told what it met. */
    private List<Integer> statusesOfTwo(String... words) {
        List<Process> both = Stream.of(1, 2).map(_ -> program.start(words)).toList();
        List<Integer> statuses = new ArrayList<>();
        for (Process process : both) {
            statuses.add(InstalledProgram.status(process, List.of(words)));
        }
        return statuses;
    }

    @Test
    void twoOnOneContainerFollowEachOther() throws IOException {
        String bundle = Busybox.bundle(directory, "sleep", "1000").toString();
        String id = Busybox.newId();

        assertThat(statusesOfTwo("run", "--detach", "--bundle", bundle, id)).containsExactlyInAnyOrder(0, 1);
        assertThat(statusesOfTwo("pause", id)).containsExactlyInAnyOrder(0, 1);
        assertThat(statusesOfTwo("resume", id)).containsExactlyInAnyOrder(0, 1);
        assertThat(statusesOfTwo("exec", id, "true")).containsExactly(0, 0);
        assertThat(statusesOfTwo("delete", "--force", id)).containsExactly(0, 0);
        assertThat(Podman.cgroups(id)).isEmpty();
    }
}
