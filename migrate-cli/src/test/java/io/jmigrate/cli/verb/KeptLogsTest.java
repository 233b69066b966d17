package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.log.LogLine;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLogsTest {
    @TempDir
    Path directory;

    private Path temporary;
    private KeptLogs logs;

    @BeforeEach
    void makeTemporary() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        logs = new KeptLogs(directory.resolve("root/.logs"));
    }

    private Failure failure(Path log) {
        return Failure.of(CriuCode.RESTORE_FAILED, "cannot restore container \"web\"")
                .withDetails(List.of(LogLine.of(log), "see " + temporary + "/x", "(00.1) Error (a.c:1): no"))
                .withRemedy("try again");
    }

    private Path log() throws IOException {
        return Files.writeString(temporary.resolve("restore.log"), "why");
    }

    @Test
    void aTemporaryLogIsKeptAndNamed() throws IOException {
        Failure told = logs.keep(failure(log()), temporary, "web");

        Path kept = LogLine.log(told.details().getFirst()).orElseThrow();
        assertThat(kept).hasParent(logs.directory()).hasContent("why");
        assertThat(kept.getFileName().toString()).matches("web-\\d{8}T\\d{6}\\.\\d{3}\\.log");
        assertThat(told.details()).hasSize(2).endsWith("(00.1) Error (a.c:1): no");
        assertThat(told.remedy()).contains("try again");
        assertThat(Files.getPosixFilePermissions(logs.directory())).hasSize(3);
    }

    @Test
    void aLogElsewhereStaysWhereItIs() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("restore.log"), "why");

        Failure told = logs.keep(failure(elsewhere), temporary, "web");

        assertThat(told.details()).containsExactly(LogLine.of(elsewhere), "(00.1) Error (a.c:1): no");
        assertThat(logs.directory()).doesNotExist();
    }

    @Test
    void whereThereIsNoneNoneIsNamed() {
        Failure told = logs.keep(failure(temporary.resolve("none.log")), temporary, "web");

        assertThat(told.details()).containsExactly("(00.1) Error (a.c:1): no");
        assertThat(told.getSuppressed()).isEmpty();
    }

    @Test
    void theNewestAreKept() throws IOException {
        Files.createDirectories(logs.directory());
        for (int i = 0; i < KeptLogs.FILES_MAX; i++) {
            Path old = Files.writeString(logs.directory().resolve("old-" + i + ".log"), "");
            Files.setLastModifiedTime(old, FileTime.fromMillis(1000L * i));
        }

        logs.keep(failure(log()), temporary, "web");

        assertThat(logs.directory().toFile().list())
                .hasSize(KeptLogs.FILES_MAX)
                .doesNotContain("old-0.log")
                .contains("old-1.log");
    }

    @Test
    void oneThatCannotBeKeptIsToldOf() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Failure told = KeptLogs.keep(failure(log()), temporary, file.resolve("web.log"));

        assertThat(told.details()).containsExactly("(00.1) Error (a.c:1): no");
        assertThat(told.getSuppressed()).singleElement().asString().contains("cannot keep CRIU's log as " + file);
    }
}
