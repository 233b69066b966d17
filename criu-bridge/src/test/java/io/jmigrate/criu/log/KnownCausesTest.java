package io.jmigrate.criu.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Logs that CRIU wrote when small trees with one problem each were dumped and restored: the lines around errors and warnings, with
 * neutral names in place of directories.
 */
class KnownCausesTest {
    private static final String TABLE = "/criu-causes.txt";

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(KnownCausesTest.class.getResource(name).toURI());
    }

    private static CriuLog log(String name) throws URISyntaxException {
        return CriuLog.read(resource("/criu-logs/" + name));
    }

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, delimiter = '|')
    void tellsWhatALogMeans(String name, String sentence) throws URISyntaxException {
        assertThat(log(name).known()).map(KnownCause::sentence).contains(sentence);
    }

    @Test
    void eachCauseIsKnownFromALogAndEachLogIsOfOne() throws Exception {
        List<String> names = Files.readAllLines(resource(TABLE)).stream()
                .map(line -> line.substring(0, line.indexOf(" |")))
                .toList();
        List<KnownCause> found = new ArrayList<>();
        for (String name : names) {
            found.add(log(name).known().orElseThrow());
        }

        assertThat(KnownCauses.all().toList()).hasSizeGreaterThan(30).isSubsetOf(found);
        assertThat(resource("/criu-logs").toFile().list()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void sentencesFollowAColonAndRemediesAreOneLine() {
        assertThat(KnownCauses.all().flatMap(cause -> Stream.of(cause.sentence(), cause.remedy())))
                .allSatisfy(text -> assertThat(text).doesNotEndWith(".").doesNotContain("\n"))
                .allSatisfy(text -> assertThat(text).matches("\\p{Lower}.*|RLIMIT.*"));
    }

    @Test
    void saysNothingOfALineThatNobodyKnows() {
        assertThat(KnownCauses.of("(00.1) Error (criu/x.c:1): Something new")).isEmpty();
    }
}
