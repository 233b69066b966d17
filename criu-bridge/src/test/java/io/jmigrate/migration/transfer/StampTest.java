package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** By what a change shows, however coarse the times of a filesystem are. */
class StampTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Provide
    Arbitrary<Long> ticks() {
        return Arbitraries.of(1L, 100L, 1_000_000L, 4_000_000L, 10_000_000L, SECOND, 2 * SECOND);
    }

    @Property(tries = 2_000)
    void aChangeAfterOneThatHasSettledHasAnotherTime(
            @ForAll("ticks") long tick,
            @ForAll @LongRange(max = 10_000_000_000L) long changed,
            @ForAll @LongRange(max = 5_000_000_000L) long lookedLater,
            @ForAll @LongRange(max = 3_000_000_000L) long changedLater) {
        long ctime = changed / tick * tick;
        long looked = changed + lookedLater;
        long next = (looked + changedLater) / tick * tick;
        assertThat(next == ctime && Stamp.isSettled(ctime, looked))
                .as("a change at %d, a look at %d, another change noted at %d", ctime, looked, next)
                .isFalse();
    }

    @Test
    void whatLiesFarEnoughBackHasSettled() {
        long ctime = 1_000 * SECOND;
        assertThat(Stamp.isSettled(ctime, ctime + 3 * SECOND)).isTrue();
        assertThat(Stamp.isSettled(ctime, ctime + 2 * SECOND)).isFalse();
        assertThat(Stamp.isSettled(ctime + 1, ctime + SECOND / 10)).isTrue();
        assertThat(Stamp.isSettled(ctime + 1, ctime + SECOND / 100)).isFalse();
    }

    /** As after the clock was set back. */
    @Test
    void whatIsOfTheFutureHasNot() {
        assertThat(Stamp.isSettled(1_001 * SECOND + 1, 1_000 * SECOND)).isFalse();
    }
}
