package io.jmigrate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Belongings;
import io.jmigrate.criu.obstacle.Obstacle;
import io.jmigrate.doctor.Finding.Rank;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContainerFindingsTest {
    private static final Belongings NOTHING = new Belongings(0, 0, 0, 0, false, List.of());

    @Test
    void aContainerLikeMostIsFine() {
        assertThat(ContainerFindings.of(new Outlook.Examined("running", 1, List.of(), List.of(), NOTHING, false)))
                .containsExactly(Finding.ok("state", "it is running, with 1 process"));
        assertThat(ContainerFindings.of(new Outlook.Examined("paused", 3, List.of(), List.of(), NOTHING, false)))
                .containsExactly(Finding.ok("state", "it is paused, with 3 processes"));
    }

    @ParameterizedTest
    @CsvSource({"created, start it: jmigrate start", "'stopped', 'run it again: jmigrate delete, jmigrate run'"})
    void oneThatDoesNotRunCanNotBeDumped(String state, String remedy) {
        assertThat(ContainerFindings.of(new Outlook.OutOfState(state)))
                .containsExactly(Finding.problem(
                        "state", "it is " + state + ", and only a container that runs can be dumped", remedy));
    }

    @ParameterizedTest
    @EnumSource(Obstacle.Kind.class)
    void eachObstacleHasARemedy(Obstacle.Kind kind) {
        Outlook seen = new Outlook.Examined(
                "running", 2, List.of(new Obstacle(kind, "it is there")), List.of(), NOTHING, false);

        assertThat(ContainerFindings.of(seen)).last().satisfies(finding -> {
            assertThat(finding.rank()).isEqualTo(Rank.PROBLEM);
            assertThat(finding.sentence()).isEqualTo("it is there");
            assertThat(finding.remedy()).isNotEmpty();
        });
    }

    @Test
    void whatIsKeptWithCareIsNoProblem() {
        Belongings kept = new Belongings(2, 1, 1, 1, true, List.of(1, 2));

        assertThat(ContainerFindings.of(new Outlook.Examined(
                        "running", 2, List.of(), List.of("/etc/x, line 1: timeout overrides the command"), kept, true)))
                .extracting(Finding::name, Finding::rank)
                .containsExactly(
                        tuple("state", Rank.OK),
                        tuple("configuration", Rank.NOTE),
                        tuple("connections", Rank.NOTE),
                        tuple("locks", Rank.NOTE),
                        tuple("deleted files", Rank.NOTE),
                        tuple("senders", Rank.NOTE),
                        tuple("terminal", Rank.NOTE),
                        tuple("streams", Rank.NOTE),
                        tuple("session", Rank.NOTE));
    }
}
