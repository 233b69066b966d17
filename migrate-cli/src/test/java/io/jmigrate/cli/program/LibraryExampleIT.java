package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md, compiled and run as it says there. */
class LibraryExampleIT {
    private static final Path EXAMPLE =
            Path.of("../docs/examples/HelloContainer.java").toAbsolutePath().normalize();
    private static final Path PREFIX = InstalledProgram.FRONT.getParent().getParent();

    @TempDir
    private Path directory;

    private Called example(Path root, Path bundle) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + PREFIX.resolve("lib"),
                "-cp",
                PREFIX.resolve("lib/jars") + "/*",
                EXAMPLE.toString(),
                PREFIX.toString(),
                root.toString(),
                bundle.toString());
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int status = InstalledProgram.status(process, command);
        return new Called(status, Files.readString(out), Files.readString(err));
    }

    @Test
    void makesAContainerExecutesInItAndRemovesIt() throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isExecutable(InstalledProgram.FRONT), "the tree is not built: no " + InstalledProgram.FRONT);
        Path root = directory.resolve("root");

        Called called = example(root, Busybox.bundle(directory, "sleep", "300"));

        assertThat(called.err()).isEmpty();
        assertThat(called.out().lines())
                .hasSize(5)
                .startsWith("created", "running")
                .anyMatch(line -> line.startsWith("hello from process "))
                .endsWith("a command: exit code 0", "its program: signal SIGKILL");
        assertThat(root.resolve("hello")).doesNotExist();
    }

    @Test
    void tellsWhatIsWrongWithABundle() throws IOException {
        assumeTrue(Files.isExecutable(InstalledProgram.FRONT), "the tree is not built: no " + InstalledProgram.FRONT);
        Called called = example(directory.resolve("root"), directory.resolve("nowhere"));

        assertThat(called.status()).isEqualTo(1);
        assertThat(called.err()).endsWith(directory.resolve("nowhere/config.json") + " does not exist\n");
    }
}
