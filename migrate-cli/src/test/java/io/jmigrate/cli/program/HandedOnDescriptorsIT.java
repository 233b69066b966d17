package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors that the caller of {@code run} has opened, and those that a service manager has opened for it. */
class HandedOnDescriptorsIT {
    @TempDir
    private static Path directory;

    private static InstalledProgram program;
    private static Path bundle;

    @BeforeAll
    static void open() throws IOException {
        Busybox.requireContainers();
        program = Way.WARM.open(directory);
        bundle = Busybox.bundle(
                directory,
                "sh",
                "-c",
                "echo ${LISTEN_FDS-none} ${LISTEN_PID-none} $$; cat <&3; cat <&4; ls /proc/self/fd");
        Files.writeString(directory.resolve("three"), "3\n");
        Files.writeString(directory.resolve("four"), "4\n");
    }

    @AfterAll
    static void close() {
        if (program != null) {
            program.close();
        }
    }

    private static Called run(String redirection, String... options) {
        List<String> words =
                new ArrayList<>(List.of("--root", program.root().toString(), "run", "--bundle", bundle.toString()));
        words.addAll(List.of(options));
        words.add(Busybox.newId());
        return program.redirected("exec 3< three 4< four; " + redirection, words.toArray(String[]::new));
    }

    @Test
    void thatAServiceManagerHasOpenedComeFirstAndAreToldOf() {
        Called called = run("export LISTEN_FDS=1 LISTEN_PID=$$", "--preserve-fds=1");

        assertThat(called.out()).startsWith("1 1 1\n3\n4\n0\n1\n2\n3\n4\n");
        assertThat(called.err()).isEmpty();
    }

    @Test
    void thatAreForAnotherProcessAreNotHandedOn() {
        Called called = run("export LISTEN_FDS=2 LISTEN_PID=1");

        assertThat(called.out()).startsWith("none none 1\n0\n1\n2\n");
        assertThat(called.err()).contains("3: ", "4: ");
    }

    @Test
    void areNotToldOfIfTheyAreOnlyPreserved() {
        assertThat(run(":", "--preserve-fds=2").out()).startsWith("none none 1\n3\n4\n");
    }

    @Test
    void thatAreMissingAreRefused() {
        String pointer = "\n  to do: jmigrate --help lists the commands, jmigrate COMMAND --help explains one\n";
        assertThat(run("exec 3<&-; export LISTEN_FDS=2 LISTEN_PID=$$"))
                .isEqualTo(new Called(
                        ExitCode.USAGE.status(),
                        "",
                        "jmigrate: descriptor 3 is to be handed on and is not open" + pointer));
        assertThat(run("export LISTEN_FDS=many LISTEN_PID=$$"))
                .isEqualTo(new Called(
                        ExitCode.USAGE.status(),
                        "",
                        "jmigrate: $LISTEN_FDS: \"many\" is not a whole number from 0 to 64" + pointer));
    }
}
