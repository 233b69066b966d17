package io.jmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.option.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log records, with the configuration that the tree has. */
class JvmLogTest {
    private static final Path CONFIGURATION = Path.of("src/dist/logging.properties");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void configure() throws IOException {
        file = directory.resolve("log");
        try (InputStream configuration = Files.newInputStream(CONFIGURATION)) {
            LogManager.getLogManager().readConfiguration(configuration);
        }
        JvmLog.to(new CommandLog(
                new Notices(new PrintStream(err, true, StandardCharsets.UTF_8)),
                Optional.of(new RuntimeLog(file, LogFormat.TEXT))));
    }

    @AfterEach
    void restore() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<String> logged() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> line.replaceFirst("time=\\S+ ", ""))
                        .toList()
                : List.of();
    }

    @Test
    void keepsWhatLibrariesSayFromThePerson() throws IOException {
        Logger library = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
        library.warning("Thread blocked");
        library.severe("worse");
        library.info("hello");
        assertThat(said()).isEmpty();
        assertThat(logged())
                .containsExactly(
                        "level=warning msg=\"io.vertx.core.impl.BlockedThreadChecker: Thread blocked\"",
                        "level=error msg=\"io.vertx.core.impl.BlockedThreadChecker: worse\"");
    }

    @Test
    void tellsThePersonWhatTheProgramSaysInOneLine() throws IOException {
        System.Logger own = System.getLogger("io.jmigrate.node.NodeServer");
        own.log(System.Logger.Level.INFO, "recovered web");
        own.log(System.Logger.Level.WARNING, "recovery failed", new IOException("no room"));
        own.log(System.Logger.Level.DEBUG, "nothing");
        assertThat(said()).isEqualTo("jmigrate: recovered web\n");
        assertThat(logged()).containsExactly("level=warning msg=\"recovery failed: no room\"");
    }
}
