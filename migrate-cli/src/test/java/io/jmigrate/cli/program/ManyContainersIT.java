package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service has after a container, it has after hundreds. */
class ManyContainersIT {
    private static final int WARMING_UP = 20;
    private static final int CONTAINERS = 200;

    /** Of memory in KiB: what the JVM has once it has seen everything, and the noise of its heap. */
    private static final long RESIDENT_MAX = 192 << 10;

    private static final long GROWTH_MAX = 24 << 10;

    @TempDir
    private Path directory;

    private final String name = Busybox.newId();
    private InstalledProgram program;
    private String bundle;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = Way.WARM.open(directory);
        bundle = Busybox.bundle(directory, "true").toString();
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private void live(int first, int count) {
        for (int i = first; i < first + count; i++) {
            String id = name + "-" + i;
            for (String[] words :
                    new String[][] {{"create", "--bundle", bundle, id}, {"start", id}, {"delete", "--force", id}}) {
                assertThat(program.run(words)).isEqualTo(new Called(0, "", ""));
            }
        }
    }

    @Test
    void leaveNothing() throws IOException {
        ProcessHandle service = ServiceProcess.java(program);
        live(0, WARMING_UP);
        Path proc = Path.of("/proc/" + service.pid());
        await().until(() -> entries(proc.resolve("task")) <= 40);
        int descriptors = entries(proc.resolve("fd"));
        long resident = resident(proc);

        live(WARMING_UP, CONTAINERS);

        assertThat(resident(proc)).isLessThan(RESIDENT_MAX).isLessThan(resident + GROWTH_MAX);
        await().untilAsserted(() -> assertThat(entries(proc.resolve("fd"))).isEqualTo(descriptors));
        assertThat(Files.readString(proc.resolve("mountinfo"))).doesNotContain(name);
        assertThat(Podman.cgroups(name)).isEmpty();
        assertThat(service.descendants()).isEmpty();
        assertThat(program.root().resolve(".locks")).isEmptyDirectory();
        assertThat(program.run("list", "--quiet")).isEqualTo(new Called(0, "", ""));
    }

    private static int entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }

    private static long resident(Path proc) throws IOException {
        return Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
