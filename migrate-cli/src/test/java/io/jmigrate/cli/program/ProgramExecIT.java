package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec} with runC's options, and {@code ps}. */
class ProgramExecIT {
    @TempDir
    private static Path directory;

    private static InstalledProgram program;
    private static Path bundle;

    private final String id = Busybox.newId();

    @BeforeAll
    static void open() {
        Busybox.requireContainers();
        program = Way.WARM.open(directory);
        bundle = Busybox.bundle(directory, "sleep", "300");
    }

    @AfterAll
    static void close() {
        if (program != null) {
            program.close();
        }
    }

    @BeforeEach
    void start() {
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id)
                        .err())
                .isEmpty();
    }

    @AfterEach
    void delete() {
        assertThat(program.run("delete", "--force", id)).isEqualTo(new Called(0, "", ""));
    }

    private String said(String... words) {
        Called called = program.run(words);
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
        return called.out();
    }

    @Test
    void takesUserGroupsEnvironmentAndDirectory() {
        assertThat(said("exec", "-u", "1000:50", "-g", "5", "-g", "6", id, "id", "-G"))
                .isEqualTo("50 5 6\n");
        assertThat(said("exec", "-e", "A=b c", "--cwd", "/tmp", id, "sh", "-c", "echo $A; pwd"))
                .isEqualTo("b c\n/tmp\n");
    }

    @Test
    void addsCapabilitiesAndTakesPrivileges() {
        assertThat(effective("--cap", "CAP_SYS_TIME") & ~effective("--cap", "CAP_KILL"))
                .isEqualTo(Capability.CAP_SYS_TIME.bit());
        assertThat(said("exec", "--no-new-privs", id, "grep", "NoNewPrivs", "/proc/self/status"))
                .isEqualTo("NoNewPrivs:\t1\n");
    }

    private long effective(String... options) {
        List<String> words = new ArrayList<>(List.of("exec"));
        words.addAll(List.of(options));
        words.addAll(List.of(id, "sed", "-n", "s/CapEff:.//p", "/proc/self/status"));
        return Long.parseUnsignedLong(said(words.toArray(String[]::new)).strip(), 16);
    }

    @Test
    void takesAProcessFromAFile() throws IOException {
        Path process = Files.writeString(directory.resolve("process.json"), """
                {"args": ["sh", "-c", "echo $X; id -u; pwd"], "cwd": "/tmp", "env": ["X=1", "PATH=/bin"], "user": {"uid": 7, "gid": 8}}
                """);
        assertThat(said("exec", "--process", process.toString(), id)).isEqualTo("1\n7\n/tmp\n");
    }

    @Test
    void leavesADetachedProcessRunning() throws IOException {
        Path pidFile = directory.resolve("exec.pid");
        assertThat(said("exec", "-d", "--pid-file", pidFile.toString(), id, "sleep", "301"))
                .isEmpty();

        JsonNode pids = new ObjectMapper().readTree(said("ps", "--format", "json", id));
        List<String> found = new ArrayList<>();
        pids.forEach(pid -> found.add(pid.asText()));
        assertThat(found).hasSize(2).contains(Files.readString(pidFile));
        assertThat(said("ps", id, "-o", "pid,args").lines().skip(1).map(line -> line.strip()
                        .split(" ", 2)[1]))
                .containsExactlyInAnyOrder("sleep 300", "sleep 301");
        assertThat(said("ps", id)).startsWith("UID ").contains("sleep 301");
    }

    @Test
    void passesDescriptorsOn() throws IOException {
        Path file = Files.writeString(directory.resolve("three"), "content");
        Called called = program.redirected(
                "exec 3< " + file,
                "--root",
                program.root().toString(),
                "exec",
                "--preserve-fds",
                "1",
                id,
                "sh",
                "-c",
                "cat <&3");
        assertThat(called).isEqualTo(new Called(0, "content", ""));
    }

    @Test
    void namesWhatItCanNotExecuteAsRuncDoes() {
        Called missing = program.run("exec", id, "nosuch");
        assertThat(missing.status()).isEqualTo(ExitCode.COMMAND_NOT_FOUND.status());
        assertThat(missing.err()).startsWith("jmigrate: exec: \"nosuch\": executable file not found in $PATH\n");
        Called file = program.run("exec", id, "/etc/passwd");
        assertThat(file.status()).isEqualTo(ExitCode.NOT_EXECUTABLE.status());
        assertThat(file.err()).startsWith("jmigrate: exec: \"/etc/passwd\": permission denied\n");
        Called directoryMissing = program.run("exec", "--cwd", "/nosuch", id, "true");
        assertThat(directoryMissing.status()).isEqualTo(ExitCode.EXEC_FAILED.status());
        assertThat(directoryMissing.err()).contains("/nosuch: no such file or directory");
    }

    @Test
    void killsAllProcessesOfTheContainer() throws IOException {
        assertThat(said("exec", "-d", id, "sleep", "302")).isEmpty();
        assertThat(said("kill", "--all", id, "KILL")).isEmpty();
        await().until(() -> program.run("ps", "-f", "json", id).out().equals("[]\n"));
    }
}
