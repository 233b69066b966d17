package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FileRoundsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void looksForWhatHasChangedDuringTheFirstRound() {
        assertThat(FileRounds.another(List.of(1L))).isTrue();
    }

    @Test
    void goesOnAsLongAsRoundsGetMuchShorter() {
        assertThat(FileRounds.another(List.of(60 * SECOND, 9 * SECOND))).isTrue();
        assertThat(FileRounds.another(List.of(60 * SECOND, 9 * SECOND, 8 * SECOND)))
                .isFalse();
        assertThat(FileRounds.another(List.of(60 * SECOND, 9 * SECOND, SECOND / 10)))
                .isFalse();
    }

    @Property
    void endsWhateverRoundsTake(@ForAll @Size(9) List<@LongRange(min = 0) Long> nanos) {
        List<Long> taken = new ArrayList<>();
        for (long each : nanos) {
            taken.add(each);
            if (!FileRounds.another(taken)) {
                return;
            }
        }
        assertThat(taken).as("rounds").hasSizeLessThan(9);
    }
}
