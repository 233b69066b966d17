package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose CRIU is missing, which can be looked at without root and without starting a program. */
class DoctorVerbTest {
    private static final int REFUSED = 4;

    @TempDir
    private Path directory;

    private Called doctor(String... words) {
        String[] command = new String[words.length + 5];
        System.arraycopy(
                new String[] {"--root", directory.resolve("root").toString(), "doctor", "--criu", "/nowhere/criu"},
                0,
                command,
                0,
                5);
        System.arraycopy(words, 0, command, 5, words.length);
        return Called.in(directory, command);
    }

    @Test
    void aTableHasARowForEachFindingAndTheRemedyInIt() {
        Called called = doctor();

        assertThat(called.status()).isEqualTo(REFUSED);
        assertThat(called.err()).isEmpty();
        assertThat(called.out().lines().findFirst().orElseThrow()).matches("ABOUT +CHECK +RESULT +FINDING");
        assertThat(called.out().lines())
                .anyMatch(line ->
                        line.matches("this host +CRIU +problem +/nowhere/criu was named as CRIU's program and is no"
                                + " program \\(install CRIU 4\\.2 or newer, or name it: --criu FILE\\)"));
    }

    @Test
    void jsonHasTheFactsToo() throws JsonProcessingException {
        Called called = doctor("--format", "json");

        assertThat(called.status()).isEqualTo(REFUSED);
        JsonNode tree = new ObjectMapper().readTree(called.out());
        assertThat(tree.path("clean").asBoolean(true)).isFalse();
        assertThat(tree.path("host").path("criu").isNull()).isTrue();
        assertThat(tree.path("host").path("kernel").asText()).isEqualTo(System.getProperty("os.version"));
        assertThat(tree.path("host").path("findings"))
                .anySatisfy(
                        finding -> assertThat(finding.path("check").asText()).isEqualTo("CRIU"));
        assertThat(tree.has("container")).isFalse();
    }

    @Test
    void aConfigurationFileIsNamedForAJobAlone() {
        Called called = doctor("--criu-config", "criu.conf", "web");

        assertThat(called.status()).isEqualTo(2);
        assertThat(called.err())
                .contains(
                        "doctor: --criu-config is for jobs: the annotation org.criu.config names the file of a container");
    }

    @Test
    void aContainerThatIsNotThereIsAFailureAndNoFinding() {
        Called called = doctor("absent");

        assertThat(called.status()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).startsWith("jmigrate: ");
        assertThat(directory.resolve("root")).doesNotExist();
    }
}
