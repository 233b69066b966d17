package io.jmigrate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.Outlook;
import io.jmigrate.criu.obstacle.Belongings;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobFindingsTest {
    private static final Belongings NOTHING = new Belongings(0, 0, 0, 0, false, List.of());

    @Test
    void oneLikeMostRuns() {
        assertThat(JobFindings.of(new Outlook.Examined("running", 2, List.of(), List.of(), NOTHING, false)))
                .containsExactly(Finding.ok("state", "it is running, with 2 processes"));
    }

    @Test
    void whatIsKeptIsTold() {
        Belongings kept = new Belongings(1, 0, 0, 0, false, List.of(1));

        assertThat(JobFindings.of(new Outlook.Examined("running", 1, List.of(), List.of(), kept, true)))
                .extracting(Finding::sentence)
                .containsExactly(
                        "it is running, with 1 process",
                        "1 TCP connection kept: they go on if the restored job has the same address",
                        "these lead out of it, and those of the restore take their place: standard output",
                        "its first process leads none: it is kept as the job of a shell");
    }

    @ParameterizedTest
    @EnumSource
    void noRemedyTalksOfContainersConfig(Obstacle.Kind kind) {
        Outlook.Examined seen = new Outlook.Examined(
                "running", 1, List.of(new Obstacle(kind, "there is something")), List.of(), NOTHING, false);

        assertThat(JobFindings.of(seen)).last().satisfies(finding -> {
            assertThat(finding.isProblem()).isTrue();
            assertThat(finding.remedy()).isNotEmpty().doesNotContain("config.json");
        });
    }
}
