package io.jmigrate.pages.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program alone, with memory of a program that does as containers do and CRIU and Java (native/test/filled.c). */
@Timeout(120)
class JmigrateFillIT {
    private static final Path SOURCE = Path.of("../native/test/filled.c");
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "../native/target"));

    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void compile() throws Exception {
        program = directory.resolve("filled");
        run(
                List.of("cc", "-D_GNU_SOURCE", "-O1", "-pthread", "-o", program.toString(), SOURCE.toString()),
                Path.of(""));
    }

    private static void run(List<String> command, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** {@code forks}: more processes than there may be descriptors, one after the other; {@code crowd}: at once; {@code contended}: mappings change while many wait. */
    @ParameterizedTest
    @ValueSource(strings = {"forks 1000", "crowd 200", "contended 5000", "wiped", "discarded"})
    void memoryIsWhatItHasToBe(String words) throws Exception {
        Path sockets = Files.createDirectory(directory.resolve("sockets"));
        String fill = NATIVE.resolve("jmigrate-fill").toAbsolutePath().toString();

        run(
                Stream.concat(Stream.of(program.toString(), fill), Stream.of(words.split(" ")))
                        .toList(),
                sockets);
    }
}
