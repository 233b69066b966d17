package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container that goes on from archives in the layouts of CRI-O and containerd. */
@Timeout(180)
class ConvertedArchiveIT {
    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private String bundle;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        bundle = Busybox.bundle(directory, "sleep", "300").toString();
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void convert(String from, String layout) {
        assertSucceeds(program.run(
                "convert", "--to", layout, "--image", "localhost/web:1", "--output", file(layout), file(from)));
    }

    @Test
    void goesOnFromEachLayout() throws IOException {
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle, id));
        assertSucceeds(program.run("checkpoint", "--export", file("ours"), id));
        convert("ours", "cri-o");
        convert("cri-o", "containerd");
        for (String layout : new String[] {"cri-o", "containerd"}) {
            assertThat(program.run("inspect", file(layout)).out())
                    .contains("── engine: " + (layout.equals("cri-o") ? "CRI-O" : layout), "── container: " + id);
            assertSucceeds(program.run("delete", "--force", id));
            assertSucceeds(program.run("restore", "--detach", "--bundle", bundle, "--import", file(layout), id));
            assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
        }
        Called refused = program.run("convert", "--to", "podman", "-o", file("podman"), file("ours"));
        assertThat(refused.err())
                .isEqualTo(
                        "jmigrate: archive " + file("ours")
                                + " does not say which image its container was made of\n  to do: name the image: --image NAME\n");
        assertThat(Files.exists(Path.of(file("podman")))).isFalse();
    }

    /** What checkpointctl takes each for, with the statistics and processes that it finds by itself. */
    @Test
    void checkpointctlReadsThemAll() throws IOException {
        Path checkpointctl = Checkpointctl.find();
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle, id));
        assertSucceeds(program.run("checkpoint", "--leave-running", "--export", file("ours"), id));
        assertThat(said(checkpointctl, "show", file("ours"))).contains(id, "jmigrate");
        Map<String, String> engines = Map.of("podman", "Podman", "cri-o", "CRI-O", "containerd", "containerd");
        for (String layout : engines.keySet()) {
            convert("ours", layout);
            assertThat(said(checkpointctl, "inspect", "--all", file(layout)))
                    .contains("Engine: " + engines.get(layout), "Image: localhost/web:1", "Frozen time: ", "[1]")
                    .contains("Destination: /dev/mqueue");
        }
    }

    private static String said(Path program, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(InstalledProgram.status(process, command)).as(said).isZero();
        return said;
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
