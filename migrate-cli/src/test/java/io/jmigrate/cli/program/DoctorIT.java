package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The doctor about this host, and about a container that changes under its eyes. */
@Timeout(120)
class DoctorIT extends InOneService {
    private static final Called DONE = new Called(0, "", "");
    private static final int REFUSED = 4;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
    }

    @Test
    void namesTheHostsCriuAndWhatItCanDo() throws JsonProcessingException {
        Called called = program.run("doctor", "--format", "json");

        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
        JsonNode host = new ObjectMapper().readTree(called.out()).path("host");
        String version = host.path("criu").path("version").asText();
        assertThat(version).matches("4\\.\\d+(\\.\\d+)?");
        assertThat(finding(host, "CRIU"))
                .isEqualTo("version " + version + " at "
                        + host.path("criu").path("program").asText());
        assertThat(finding(host, "service")).startsWith("it runs as process ");
        assertThat(finding(host, "TLS"))
                .as("the tree's library")
                .isEqualTo("BoringSSL encrypts what goes to other nodes");
        assertThat(host.path("findings").findValuesAsText("check"))
                .contains("dirty tracking", "lazy pages", "nftables", "programs")
                .doesNotContain("features");
        assertThat(directory.resolve("checkpoint")).doesNotExist();
    }

    private static String finding(JsonNode section, String check) {
        for (JsonNode finding : section.path("findings")) {
            if (finding.path("check").asText().equals(check)) {
                return finding.path("finding").asText();
            }
        }
        throw new AssertionError("nothing of " + check + " in " + section);
    }

    @Test
    void tellsWhatOfAContainerStandsAgainstADump() {
        String bundle = Busybox.bundle(directory, "sleep", "300").toString();
        assertThat(program.run("run", "--detach", "--bundle", bundle, id)).isEqualTo(DONE);
        Called clean = program.run("doctor", id);
        assertThat(clean.status()).as(clean.out() + clean.err()).isZero();
        assertThat(rows(clean)).anyMatch(row -> row.matches(id + " +state +ok +it is running, with 1 process"));

        assertThat(program.run("exec", "--detach", id, "sleep", "301")).isEqualTo(DONE);
        Called executing = program.run("doctor", id);
        assertThat(executing.status()).isEqualTo(REFUSED);
        assertThat(rows(executing))
                .anyMatch(row ->
                        row.matches(id + " +foreign process +problem +process \\d+ \\(sleep\\) does not descend.*"
                                + "\\(wait until it has ended, or end it\\)"));
        assertThat(program.run("checkpoint", id).status())
                .as("as the doctor said")
                .isEqualTo(REFUSED);

        assertThat(program.run("state", id).out()).contains("\"status\": \"running\"");
        assertThat(directory.resolve("checkpoint")).doesNotExist();
    }

    private static List<String> rows(Called called) {
        return called.out().lines().skip(1).toList();
    }
}
