package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers among the units of a systemd that runs. */
class SystemdCgroupIT {
    private static final Called DONE = new Called(0, "", "");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static PrivateSystemd systemd;
    private static InstalledProgram program;

    private final String id = Busybox.newId();
    private final String scope = "libpod-" + id + ".scope";

    @BeforeAll
    static void boot() throws IOException {
        Busybox.requireContainers();
        InstalledProgram installed = InstalledProgram.in(directory);
        systemd = PrivateSystemd.boot(directory);
        program = installed.calling(systemd.entering(InstalledProgram.FRONT)).warm();
    }

    @AfterAll
    static void shutDown() {
        try (PrivateSystemd _ = systemd;
                InstalledProgram _ = program) {
            systemd = null;
        }
    }

    private Path bundle(String cgroupsPath, String... command) throws IOException {
        return BundleConfig.change(Busybox.bundle(directory, command), config -> {
            ((ObjectNode) config.path("linux")).put("cgroupsPath", cgroupsPath).set("resources", JSON.readTree("""
                {"memory": {"limit": 67108864}, "pids": {"limit": 50}, "cpu": {"shares": 512, "quota": 25500, "period": 100000},
                 "devices": [{"allow": false, "access": "rwm"}, {"allow": true, "type": "c", "major": 10, "minor": 229, "access": "rw"}]}"""));
            config.withObject("/annotations").put("org.systemd.property.TimeoutStopSec", "7");
        });
    }

    private Called create(Path bundle) {
        return program.run("--systemd-cgroup", "create", "--bundle", bundle.toString(), id);
    }

    private void isGone() {
        assertThat(systemd.has(scope)).isFalse();
        assertThat(systemd.cgroups(scope)).isEmpty();
    }

    /** One line for each hierarchy; one that nobody has mounted any more, but that is still there, has no place for anybody. */
    private static List<String> placesIn(String cgroup) throws IOException {
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        return Arrays.stream(cgroup.split("\n"))
                .map(line -> line.split(":", 3))
                .filter(fields -> fields[1].isEmpty() || mounts.contains("," + fields[1]))
                .map(fields -> fields[2])
                .distinct()
                .toList();
    }

    @Test
    void livesInAScopeFromTheFirstToTheLast() throws IOException {
        assertThat(create(bundle("jm-test.slice:libpod:" + id, "sleep", "1000")))
                .isEqualTo(DONE);

        String place = "/jm.slice/jm-test.slice/" + scope;
        assertThat(systemd.show(scope, "ControlGroup")).isEqualTo(place);
        assertThat(systemd.show(scope, "Slice")).isEqualTo("jm-test.slice");
        assertThat(systemd.show(scope, "Delegate")).isEqualTo("yes");
        assertThat(systemd.show(scope, "TasksMax")).isEqualTo("50");
        assertThat(systemd.show(scope, "CPUQuotaPerSecUSec")).isEqualTo("260ms");
        assertThat(systemd.show(scope, "TimeoutStopUSec")).isEqualTo("7s");
        assertThat(systemd.show(scope, "DeviceAllow")).contains("/dev/char/10:229 rw", "/dev/char/1:3 rwm");
        assertThat(program.run("start", id)).isEqualTo(DONE);
        assertThat(placesIn(program.run("exec", id, "cat", "/proc/1/cgroup").out()))
                .containsExactly(place);
        assertThat(placesIn(program.run("exec", id, "cat", "/proc/self/cgroup").out()))
                .containsExactly(place);
        assertThat(program.run("ps", "--format", "json", id).out()).matches("\\[\\d+]\n");

        assertThat(program.run("update", "--pids-limit", "60", "--cpu-quota", "33300", id))
                .isEqualTo(DONE);
        assertThat(systemd.show(scope, "TasksMax")).isEqualTo("60");
        assertThat(systemd.cgroups(scope).stream()
                        .flatMap(cgroup ->
                                List.of(cgroup.resolve("cpu.cfs_quota_us"), cgroup.resolve("cpu.max")).stream())
                        .filter(Files::exists))
                .allSatisfy(file -> assertThat(Files.readString(file)).startsWith("33300"));
        assertThat(program.run("exec", id, "sh", "-c", "echo gone > /dev/null").status())
                .isZero();

        assertThat(program.run("pause", id)).isEqualTo(DONE);
        assertThat(program.run("state", id).out()).contains("\"paused\"");
        assertThat(program.run("resume", id)).isEqualTo(DONE);
        assertThat(program.run("kill", "--all", id, "KILL")).isEqualTo(DONE);
        await().until(() -> program.run("state", id).out().contains("\"stopped\""));
        assertThat(program.run("delete", id)).isEqualTo(DONE);
        isGone();
    }

    @Test
    void comesBackIntoAScopeOfTheSameName() throws IOException {
        Programs.require();
        Path bundle = bundle("jm-test.slice:libpod:" + id, "sleep", "1000");
        assertThat(create(bundle)).isEqualTo(DONE);
        assertThat(program.run("start", id)).isEqualTo(DONE);
        Path images = directory.resolve("images-" + id);
        assertThat(program.run("checkpoint", "--image-path", images.toString(), id))
                .isEqualTo(DONE);
        isGone();

        assertThat(program.run(
                        "--systemd-cgroup",
                        "restore",
                        "--detach",
                        "--bundle",
                        bundle.toString(),
                        "--image-path",
                        images.toString(),
                        id))
                .isEqualTo(DONE);
        assertThat(systemd.show(scope, "ActiveState")).isEqualTo("active");
        assertThat(systemd.show(scope, "TasksMax")).isEqualTo("50");
        assertThat(placesIn(program.run("exec", id, "cat", "/proc/1/cgroup").out()))
                .containsExactly("/jm.slice/jm-test.slice/" + scope);
        assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);
        isGone();
    }

    @Test
    void refusesWhatCannotBeMadeAndTouchesNothing() throws IOException {
        assertThat(create(bundle("/jmigrate/" + id, "true")).err())
                .startsWith("jmigrate: $.linux.cgroupsPath, \"/jmigrate/" + id + "\", must be SLICE:PREFIX:NAME");

        Path bundle = bundle("jm-test.slice:libpod:" + id, "true");
        systemd.inside("sh", "-c", "systemd-run --scope --unit=" + scope + " sleep 1000 >/dev/null 2>&1 </dev/null &");
        await().until(() -> systemd.show(scope, "ActiveState").equals("active"));
        assertThat(create(bundle).err()).startsWith("jmigrate: systemd has a unit " + scope + " already");
        assertThat(systemd.show(scope, "ActiveState")).isEqualTo("active");
        systemd.inside("systemctl", "stop", scope);

        Called elsewhere = InstalledProgram.in(
                        directory.resolve("elsewhere").toFile().mkdir() ? directory.resolve("elsewhere") : directory)
                .run("--systemd-cgroup", "create", "--bundle", bundle.toString(), id);
        assertThat(elsewhere.err()).startsWith("jmigrate: systemd can't make the container's cgroup: ");
        assertThat(program.run("list", "--quiet").out()).doesNotContain(id);
        isGone();
    }
}
