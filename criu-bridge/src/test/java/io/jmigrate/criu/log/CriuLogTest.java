package io.jmigrate.criu.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriuLogTest {
    private static final String HARMLESS =
            "(00.052) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self: Operation not permitted";
    private static final String CAUSE =
            "(00.116) Error (criu/files-reg.c:1790): Can't lookup mount=23 for fd=0 path=/dev/null";
    private static final String CONSEQUENCE =
            "(00.117) Error (criu/cr-dump.c:1545): Dump files (pid: 15239) failed with -1";
    private static final String END = "(00.121) Error (criu/cr-dump.c:1975): Dumping FAILED.";

    @TempDir
    Path directory;

    @Test
    void quotesTheCauseWithTheLinesBeforeIt() {
        assertThat(new CriuLog(List.of(
                                HARMLESS, "(00.100) one", "(00.101) two", CAUSE, "(00.116) ---", CONSEQUENCE, END))
                        .causes())
                .containsExactly("2: (00.100) one", "3: (00.101) two", "4: " + CAUSE);
    }

    /** Logs of CRIU 4.2.1, cut to the lines around errors and warnings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp-connection.log | inet: Connected TCP socket, consider using --tcp-established option.",
                "file-lock.log | Some file locks are hold by dumping tasks! You can try --file-locks to dump them.",
                "deleted-file.log | Can't dump ghost file /srv/web/big of 3002368 size, increase limit",
                "userfaultfd.log | Can't dump file 3 of that type [600] (anon anon_inode:[userfaultfd])",
                "traced-process.log | Unable to interrupt task: 23067 (Operation not permitted)",
                "changed-file.log | File srv/web/log has bad size 4 (expect 3)",
                "pid-in-use.log | Can't fork for 24959: File exists",
            })
    void endsWithTheCauseOfRealFailures(String name, String cause) throws URISyntaxException {
        Path log = Path.of(CriuLogTest.class.getResource("/criu-logs/" + name).toURI());

        assertThat(CriuLog.read(log).causes()).last().asString().endsWith(": " + cause);
        assertThat(CriuLog.read(log).causes()).noneMatch(line -> line.contains("RLIMIT_NOFILE"));
    }

    @Test
    void quotesConsequencesIfThereIsNothingElse() {
        assertThat(new CriuLog(List.of("(00.100) one", CONSEQUENCE, END)).causes())
                .endsWith("3: " + END);
    }

    @Test
    void findsErrorsOfTheRestoredTasksToo() {
        String task = "(00.697)      1: Error (criu/namespaces.c:258): Can't setns 19/net: Operation not permitted";

        assertThat(new CriuLog(List.of(task, "(00.752) Error (criu/cr-restore.c:2331): Restoring FAILED.")).causes())
                .containsExactly("1: " + task);
    }

    @Test
    void saysNothingOfALogWithoutErrorsOrThatIsMissing() {
        assertThat(new CriuLog(List.of("(00.100) Dumping finished successfully")).causes())
                .isEmpty();
        assertThat(CriuLog.read(directory.resolve("none")).causes()).isEmpty();
        assertThat(CriuLog.read(directory.resolve("none")).tellsOfFullDisk()).isFalse();
    }

    @Test
    void neverQuotesWhatIsInEveryLog() {
        assertThat(new CriuLog(List.of("(00.050) one", HARMLESS)).causes()).isEmpty();
    }

    @Test
    void knowsALogThatIsCutOff() throws IOException {
        Path log = directory.resolve("dump.log");

        assertThat(CriuLog.read(log).isCutOff()).isTrue();
        assertThat(CriuLog.read(Files.writeString(log, HARMLESS + "\n")).isCutOff())
                .isTrue();
        assertThat(CriuLog.read(Files.writeString(log, HARMLESS + "\n" + END + "\n"))
                        .isCutOff())
                .isFalse();
    }

    @Test
    void knowsAFullDisk() throws IOException {
        Path log = Files.writeString(
                directory.resolve("dump.log"),
                "(00.1) Error (criu/image.c:1): Can't write pages: No space left on device\n");

        assertThat(CriuLog.read(log).tellsOfFullDisk()).isTrue();
    }
}
