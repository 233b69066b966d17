package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who connects to the warm service without being a front of its user. */
class ServiceCallersIT {
    private static final int NOBODY = 65_534;

    /** Says something and prints what comes back until the end. */
    private static final String CALLER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.settimeout(20)
            s.connect(sys.argv[1])
            try:
                s.sendall(bytes.fromhex(sys.argv[2]))
                print(s.recv(1))
            except (ConnectionResetError, BrokenPipeError):
                print("reset")
            """;

    @TempDir
    private static Path directory;

    private static InstalledProgram program;

    @BeforeAll
    static void open() {
        assumeTrue(Processes.effectiveUid() == 0, "only root can act as another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        program = InstalledProgram.in(directory).warm();
    }

    @AfterAll
    static void close() {
        if (program != null) {
            program.close();
        }
    }

    private static String saidTo(int uid, String hex) throws IOException {
        Process caller = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + uid,
                        "--regid=" + uid,
                        "--clear-groups",
                        "/usr/bin/python3",
                        "-c",
                        CALLER,
                        program.socket().toString(),
                        hex)
                .redirectErrorStream(true)
                .start();
        String said = new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        InstalledProgram.status(caller, "a caller");
        return said;
    }

    @Test
    void areHungUpOnIfTheyAreAnotherUser() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        assertThat(saidTo(NOBODY, "00")).contains("PermissionError");
        Files.setPosixFilePermissions(program.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(saidTo(NOBODY, "")).isIn("b''\n", "reset\n");
        assertThat(program.run("list", "--quiet"))
                .as("by a front that does not trust the name")
                .isEqualTo(new Called(0, "", ""));
        Files.setPosixFilePermissions(program.socket(), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void areHungUpOnIfTheyAreNoFront() throws IOException {
        for (String hex : new String[] {
            "ffffffffffffffff",
            "0400000001000000ff000000",
            "0000000010000000",
            "0c000000010000000500000000000000ffffffff"
        }) {
            assertThat(saidTo(0, hex)).as(hex).isIn("b''\n", "reset\n");
        }
        assertThat(program.run("service", "status").status()).isZero();
        assertThat(program.run("list", "--quiet")).isEqualTo(new Called(0, "", ""));
    }
}
