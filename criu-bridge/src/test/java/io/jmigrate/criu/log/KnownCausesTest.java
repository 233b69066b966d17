package io.jmigrate.criu.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownCausesTest {
    private static final String LINES = "/criu-lines.txt";

    private static List<String> lines() throws Exception {
        return Files.readAllLines(
                Path.of(KnownCausesTest.class.getResource(LINES).toURI()));
    }

    /** The lines are as CRIU 4.2.1 composes them: from logs, and from the messages of its source. */
    @Test
    void eachLineIsKnownAndEachCauseHasOne() throws Exception {
        List<KnownCause> found = new ArrayList<>();
        for (String line : lines()) {
            assertThat(KnownCauses.of(line)).as(line).isPresent();
            found.add(KnownCauses.of(line).orElseThrow());
        }
        assertThat(KnownCauses.all().toList()).hasSizeGreaterThan(30).isSubsetOf(found);
    }

    @Test
    void sentencesFollowAColonAndRemediesAreOneLine() {
        assertThat(KnownCauses.all().flatMap(cause -> Stream.of(cause.sentence(), cause.remedy())))
                .allSatisfy(text -> assertThat(text).doesNotEndWith(".").doesNotContain("\n"))
                .allSatisfy(text -> assertThat(text).matches("\\p{Lower}.*|RLIMIT.*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp-connection.log | a process has an open TCP connection",
                "file-lock.log      | a process holds a lock on a file",
                "deleted-file.log   | a deleted file that is open is larger than 256 MiB",
                "userfaultfd.log    | a process holds a file of a kind that CRIU can't dump",
                "traced-process.log | a process is traced by a debugger already",
                "changed-file.log   | a file that was open has changed since the checkpoint",
                "pid-in-use.log     | a process has a pid that the restored tree needs",
            })
    void tellsWhatARealLogMeans(String name, String sentence) throws Exception {
        Path log =
                Path.of(KnownCausesTest.class.getResource("/criu-logs/" + name).toURI());

        assertThat(CriuLog.read(log).known()).map(KnownCause::sentence).contains(sentence);
    }

    @Test
    void saysNothingOfALineThatNobodyKnows() {
        assertThat(KnownCauses.of("(00.1) Error (criu/x.c:1): Something new")).isEmpty();
    }
}
