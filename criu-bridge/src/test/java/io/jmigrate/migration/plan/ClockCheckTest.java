package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    @Property
    void isWrongByNoMoreThanHalfOfTheWay(
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int ahead,
            @ForAll @IntRange(max = 5000) int there,
            @ForAll @IntRange(max = 5000) int work,
            @ForAll @IntRange(max = 5000) int back) {
        long heard = there + ahead;
        ClockCheck clocks = new ClockCheck(0, heard, heard + work, there + work + back);
        assertThat(Math.abs(clocks.aheadMillis() - ahead)).isLessThanOrEqualTo((there + back) / 2 + 1);
    }

    @Test
    void notesMoreThanASecond() {
        assertThat(new ClockCheck(5000, 6000, 6000, 5000).check().result()).isEqualTo(Check.Result.PASSED);
        assertThat(new ClockCheck(5000, 6500, 6500, 5000).check().sentence())
                .isEqualTo(
                        "at the destination: its clock is 1.5 s ahead of the source's, and the container's clock jumps"
                                + " by that (set both by the same time server (NTP))");
        assertThat(new ClockCheck(5000, 2000, 2000, 5000).check().sentence()).contains("is 3.0 s behind the source");
    }
}
