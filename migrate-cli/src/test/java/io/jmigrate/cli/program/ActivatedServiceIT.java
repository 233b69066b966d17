package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warm service as systemd starts it, with the units of the tree. */
class ActivatedServiceIT {
    private static final Called DONE = new Called(0, "", "");
    private static final String SOCKET = "/run/jmigrate/service.sock";
    private static final String SERVICE = "jmigrate.service";

    @TempDir
    private Path directory;

    private PrivateSystemd systemd;
    private InstalledProgram program;

    @BeforeEach
    void boot() throws IOException {
        Busybox.requireContainers();
        InstalledProgram installed = InstalledProgram.in(directory);
        systemd = PrivateSystemd.boot(directory);
        Path units = InstalledProgram.FRONT.resolve("../../share/systemd").normalize();
        for (String unit : List.of("jmigrate.socket", SERVICE)) {
            systemd.install(unit, Files.readString(units.resolve(unit)));
        }
        systemd.install(
                SERVICE + ".d/here.conf",
                "[Service]\nExecStart=\nExecStart=" + InstalledProgram.FRONT + " service run\n");
        systemd.inside("systemctl", "daemon-reload");
        systemd.inside("systemctl", "start", "jmigrate.socket");
        program = installed
                .calling(systemd.entering(InstalledProgram.FRONT))
                .with(InstalledProgram.SOCKET_VARIABLE, SOCKET);
    }

    @AfterEach
    void shutDown() {
        try (PrivateSystemd _ = systemd;
                InstalledProgram _ = program) {
            systemd = null;
        }
    }

    private String state() {
        return systemd.show(SERVICE, "ActiveState");
    }

    private String process() {
        return systemd.show(SERVICE, "MainPID");
    }

    @Test
    void comesWithTheFirstCommandAndGoesWithoutHarmToContainers() throws IOException {
        assertThat(state()).isEqualTo("inactive");
        assertThat(program.run("list", "--quiet")).isEqualTo(DONE);
        assertThat(state()).isEqualTo("active");
        String first = process();
        assertThat(program.run("service", "status").out())
                .isEqualTo("running as process " + first + " on " + SOCKET + "\n");
        assertThat(program.run("service", "start")).isEqualTo(DONE);
        assertThat(process()).isEqualTo(first);

        String id = Busybox.newId();
        Path bundle = Busybox.bundle(directory, "sleep", "1000");
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id))
                .isEqualTo(DONE);
        systemd.inside("systemctl", "restart", SERVICE);
        assertThat(process()).isNotEqualTo(first);
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");

        systemd.inside("systemctl", "stop", SERVICE);
        assertThat(program.run("state", id).out()).contains("\"running\"");
        assertThat(state()).as("started by the command").isEqualTo("active");
        assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);
    }

    @Test
    void leavesTheSocketToTheOneThatHasMadeIt() {
        assertThat(program.run("service", "run").err())
                .startsWith("jmigrate: a service manager listens at " + SOCKET + " and starts the service");
        assertThat(program.run("list", "--quiet")).isEqualTo(DONE);
        assertThat(program.run("service", "stop")).isEqualTo(DONE);
        assertThat(program.run("service", "run").err()).startsWith("jmigrate: a service");
        assertThat(program.run("list", "--quiet")).isEqualTo(DONE);
        assertThat(state()).isEqualTo("active");
    }
}
