package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the built tree at another place, on a machine without a JDK. */
class RelocatedTreeIT {
    private static final String NO_PROGRAMS = "/nonexistent";
    private static final String PROGRAMS = "/usr/sbin:/usr/bin:/sbin:/bin";

    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(Files.isExecutable(InstalledProgram.FRONT), "the tree is not built: no " + InstalledProgram.FRONT);
        tree = directory.resolve("else where");
        Path built = InstalledProgram.FRONT.getParent().getParent();
        assertThat(run(PROGRAMS, List.of("cp", "-a", built.toString(), tree.toString())))
                .isEqualTo(new Called(0, "", ""));
    }

    private Called run(String path, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "JMIGRATE_NO_SERVICE", "1"));
        int status = InstalledProgram.status(builder.start(), command);
        return new Called(status, Files.readString(out), Files.readString(err));
    }

    private Called jmigrate(String path, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tree.resolve("bin/jmigrate").toString(),
                "--root",
                directory.resolve("root").toString()));
        command.addAll(List.of(words));
        return run(path, command);
    }

    private void addOption(String option) throws IOException {
        Path options = tree.resolve("lib/java.options");
        Files.writeString(options, option + "\n" + Files.readString(options));
    }

    @Test
    void needsNoJavaOfTheMachine() throws IOException {
        Called version = jmigrate(NO_PROGRAMS, "version");

        assertThat(version.err()).isEmpty();
        assertThat(version.out()).startsWith("jmigrate version ");
    }

    @Test
    void runsAContainer() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "containers need root");
        Path bundle = Busybox.bundle(directory, "echo", "here");

        assertThat(jmigrate(PROGRAMS, "run", "--bundle", bundle.toString(), Busybox.newId()))
                .isEqualTo(new Called(0, "here\n", ""));
    }

    @Test
    void usesItsStartUpCache() throws IOException {
        addOption("-XX:AOTMode=on"); // java(1): the JVM ends if it cannot use the cache

        assertThat(jmigrate(PROGRAMS, "version").err()).isEmpty();
        assertThat(jmigrate(PROGRAMS, "version").status()).isZero();
    }

    @Test
    void saysThatItsStartUpCacheIsOfNoUseAndWorksWithoutIt() throws IOException {
        Files.writeString(tree.resolve("lib/jmigrate.aot"), "no cache");

        Called version = jmigrate(PROGRAMS, "version");
        assertThat(version.status()).isZero();
        assertThat(version.out()).startsWith("jmigrate version ");
        assertThat(version.err()).contains("AOT cache");

        addOption("-XX:AOTMode=on");
        assertThat(jmigrate(PROGRAMS, "version").status()).isNotZero();
    }

    @Test
    void bringsAManualAndCompletions() throws IOException {
        Path share = tree.resolve("share");
        assertThat(share.resolve("man/man1/jmigrate.1")).isNotEmptyFile();

        Called completion = run(
                PROGRAMS,
                List.of(
                        "bash",
                        "-c",
                        "source \"$1\" && complete -p jmigrate",
                        "-",
                        share.resolve("completions/jmigrate.bash").toString()));
        assertThat(completion.err()).isEmpty();
        assertThat(completion.out()).endsWith(" jmigrate\n");
    }
}
