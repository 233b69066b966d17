package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrackerChoiceTest {
    private static final TrackingFacts ALL = new TrackingFacts("amd64", true, true);

    @Test
    void theKernelsNotesAreTheFirstChoice() {
        assertThat(TrackerChoice.of(Optional.empty(), ALL))
                .isEqualTo(new TrackerChoice(TrackerKind.UFFD, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(TrackerKind.class)
    void whatIsAskedForIsTakenWhereItCanBeHad(TrackerKind kind) {
        assertThat(TrackerChoice.of(Optional.of(kind), ALL)).isEqualTo(new TrackerChoice(kind, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64, true, true, x86-64 alone",
        "amd64, false, true, noted by a userfaultfd",
        "amd64, true, false, PAGEMAP_SCAN"
    })
    void whatAHostLacksIsSaid(String machine, boolean writesNoted, boolean pagemapScan, String lack) {
        TrackingFacts host = new TrackingFacts(machine, writesNoted, pagemapScan);

        TrackerChoice choice = TrackerChoice.of(Optional.empty(), host);

        assertThat(choice.kind()).isEqualTo(TrackerKind.HASH);
        assertThat(choice.shortfall())
                .hasValueSatisfying(said -> assertThat(said).contains(lack));
        assertThat(TrackerChoice.of(Optional.of(TrackerKind.HASH), host).shortfall())
                .isEmpty();
        assertThatThrownBy(() -> TrackerChoice.of(Optional.of(TrackerKind.UFFD), host))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_TRACKER))
                .hasMessageContaining(lack);
    }
}
