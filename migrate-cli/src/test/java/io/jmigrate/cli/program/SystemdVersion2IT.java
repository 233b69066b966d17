package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers among the units of a systemd that has cgroups of version 2 alone. */
class SystemdVersion2IT {
    private static final Called DONE = new Called(0, "", "");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private final String scope = "jmigrate-" + id + ".scope";

    private Path bundle() throws IOException {
        return BundleConfig.change(
                Busybox.bundle(directory, "sleep", "1000"), config -> ((ObjectNode) config.path("linux"))
                        .put("cgroupsPath", "a-b.slice:jmigrate:" + id)
                        .remove("resources"));
    }

    @Test
    void livesInAScope() throws IOException {
        Busybox.requireContainers();
        InstalledProgram installed = InstalledProgram.in(directory);
        try (PrivateSystemd systemd = PrivateSystemd.bootVersion2(directory);
                InstalledProgram program = installed
                        .calling(systemd.entering(InstalledProgram.FRONT))
                        .warm()) {
            assertThat(program.run("--systemd-cgroup", "run", "--detach", "--bundle", bundle().toString(), id))
                    .isEqualTo(DONE);

            assertThat(program.run("exec", id, "cat", "/proc/1/cgroup").out())
                    .contains("0::/a.slice/a-b.slice/" + scope + "\n");
            assertThat(systemd.show(scope, "ControlGroup")).isEqualTo("/a.slice/a-b.slice/" + scope);
            assertThat(systemd.show(scope, "DevicePolicy")).isEqualTo("strict");
            assertThat(program.run("exec", id, "sh", "-c", "echo gone > /dev/null")
                            .status())
                    .isZero();
            assertThat(program.run("pause", id)).isEqualTo(DONE);
            assertThat(program.run("state", id).out()).contains("\"paused\"");
            assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);
            assertThat(systemd.has(scope)).isFalse();
            assertThat(systemd.cgroups(scope)).isEmpty();
        }
    }

    /** Whatever a stranger says of places among the units. */
    @Test
    void comesBackIntoAScopeOfItsOwn() throws IOException {
        Busybox.requireContainers();
        InstalledProgram installed = InstalledProgram.in(directory).with("TMPDIR", directory.toString());
        Path archive = directory.resolve("theirs.tar");
        String[] restore = {"restore", "--detach", "--import", archive.toString(), "--bundle", bundle().toString(), id};
        try (PrivateSystemd systemd = PrivateSystemd.bootVersion2(directory);
                InstalledProgram program = installed
                        .calling(systemd.entering(InstalledProgram.FRONT))
                        .warm()) {
            assertThat(program.run("--systemd-cgroup", "run", "--detach", "--bundle", restore[5], id))
                    .isEqualTo(DONE);
            assertThat(program.run("checkpoint", "--compress", "none", "--export", archive.toString(), id))
                    .isEqualTo(DONE);
            UnpackedArchive unpacked = UnpackedArchive.of(archive, directory.resolve("unpacked"));

            assertThat(program.run(systemd(restore))).isEqualTo(DONE);
            assertThat(program.run("exec", id, "cat", "/proc/1/cgroup").out())
                    .contains("0::/a.slice/a-b.slice/" + scope + "\n");
            assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);

            unpacked.changeCgroups(entry -> entry.getSetsBuilder(0)
                    .getCtlsBuilder(0)
                    .setPath("/a.slice")
                    .clearCgnsPrefix());
            Called refused = program.run(systemd(restore));
            assertThat(refused.status()).isEqualTo(ExitCode.REFUSED.status());
            assertThat(refused.err()).contains("\n    /a.slice is not below its cgroup /a.slice/a-b.slice/" + scope);
            assertThat(systemd.has(scope)).isFalse();
        }
    }

    private static String[] systemd(String... words) {
        return Stream.concat(Stream.of("--systemd-cgroup"), Stream.of(words)).toArray(String[]::new);
    }
}
