package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an archive's own config.json may decide: nothing beside a bundle, and without one what the caller consents to. */
@Timeout(180)
class ArchiveSpecIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path bundle;
    private Path unpacked;
    private Path hookRan;
    private InstalledProgram program;

    @BeforeEach
    void export() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        bundle = Busybox.bundle(directory, "sleep", "300");
        hookRan = directory.resolve("hook-ran");
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle.toString(), id));
        assertSucceeds(program.run("checkpoint", "--compress", "none", "--export", file("ours.tar"), id));
        assertSucceeds(program.run("delete", "--force", id));
        unpacked = Files.createDirectory(directory.resolve("unpacked"));
        call("tar", "-xf", file("ours.tar"), "-C", unpacked.toString());
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

    private static void call(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(InstalledProgram.status(process, command[0])).as(said).isZero();
    }

    /** The same checkpoint as somebody packs it who wants more of the machine than it had. */
    private String hostile() throws IOException {
        Path spec = unpacked.resolve("spec.dump");
        ObjectNode document = (ObjectNode) JSON.readTree(spec.toFile());
        document.put("hostname", "theirs");
        document.withArray("mounts")
                .addObject()
                .put("destination", "/data")
                .put("type", "bind")
                .put("source", "/etc");
        document.withObject("hooks")
                .withArray("prestart")
                .addObject()
                .put("path", "/bin/busybox")
                .putArray("args")
                .add("touch")
                .add(hookRan.toString());
        document.withObject("annotations").put("org.criu.config", file("criu.conf"));
        ObjectNode linux = document.withObject("linux");
        linux.withArray("devices")
                .addObject()
                .put("path", "/dev/theirs")
                .put("type", "b")
                .put("major", 8)
                .put("minor", 0);
        linux.putArray("namespaces").addObject().put("type", "mount");
        linux.put("cgroupsPath", "/theirs");
        JSON.writeValue(spec.toFile(), document);
        Files.delete(unpacked.resolve("manifest.json"));
        call("tar", "-cf", file("theirs.tar"), "-C", unpacked.toString(), ".");
        return file("theirs.tar");
    }

    private Called restore(String archive, String into, String... words) {
        List<String> all = new ArrayList<>(List.of("restore", "--detach", "--import", archive, "--bundle", into));
        all.addAll(List.of(words));
        all.add(id);
        return program.run(all.toArray(String[]::new));
    }

    @Test
    void aBundleDecidesAlone() throws IOException {
        assertSucceeds(restore(hostile(), bundle.toString()));
        assertThat(hookRan).doesNotExist();
        assertThat(program.run("exec", id, "ls", "-A", "/data", "/dev").out()).doesNotContain("passwd", "theirs");
        assertThat(program.run("exec", id, "hostname").out()).isEqualTo("busybox\n");
        assertThat(program.run("state", id).out()).doesNotContain("org.criu.config");
        Path cgroups = Path.of("/proc", pid(), "cgroup");
        assertThat(cgroups).content().doesNotContain("theirs").contains(id);
        assertThat(Files.readSymbolicLink(Path.of("/proc", pid(), "ns/net")))
                .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
    }

    private String pid() throws IOException {
        return JSON.readTree(program.run("state", id).out()).path("pid").asText();
    }

    @Test
    void withoutABundleItHasToBeConsentedTo() throws IOException {
        String rootfs = bundle.resolve("rootfs").toString();
        Path made = directory.resolve("made");
        Called refused = restore(hostile(), made.toString(), "--rootfs", rootfs, "--allow-spec", "devices");
        assertThat(refused.err())
                .startsWith("jmigrate: archive " + file("theirs.tar") + " asks for what nobody has consented to\n")
                .contains(
                        "\n    mounts: the host's \"/etc\" at \"/data\"\n",
                        "\n    namespaces: the host's network\n",
                        "\n    namespaces: the host's pid\n")
                .doesNotContain("devices:");
        assertThat(refused.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(made).doesNotExist();
        assertThat(program.run("list", "--quiet").out()).isEmpty();

        Called restored = restore(file("ours.tar"), made.toString(), "--rootfs", rootfs);
        assertSucceeds(restored);
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
        assertThat(made.resolve("config.json")).content().contains(rootfs);
        assertThat(hookRan).doesNotExist();
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }
}
