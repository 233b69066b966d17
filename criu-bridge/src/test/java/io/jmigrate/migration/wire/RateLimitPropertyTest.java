package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RateLimitPropertyTest {
    private static final double NANOS_A_SECOND = 1e9;
    private static final long SAVED_NANOS = 50_000_000;

    /** Whoever waits as told sends no more in all than the rate allows, but for the last piece and what was saved. */
    @Property
    void letsNoMoreThroughThanAllowed(
            @ForAll @LongRange(min = 1 << 10, max = 1L << 34) long rate,
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 1 << 20) Integer> pieces,
            @ForAll @LongRange(min = -1L << 40, max = 1L << 40) long start) {
        RateLimit limit = RateLimit.of(rate);
        long now = start;
        long before = 0;
        for (int piece : pieces) {
            now += limit.take(piece, now);
            double allowed = (now - start + SAVED_NANOS) / NANOS_A_SECOND * rate;
            assertThat((double) before)
                    .isLessThanOrEqualTo(allowed * (1 + 1e-6) + pieces.size() * (rate / NANOS_A_SECOND));
            before += piece;
        }
    }

    /** Nobody waits longer than what was sent before takes. */
    @Property
    void keepsNobodyLongerThanNecessary(
            @ForAll @LongRange(min = 1 << 10, max = 1L << 34) long rate,
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 1 << 20) Integer> pieces) {
        RateLimit limit = RateLimit.of(rate);
        long waited = 0;
        long sum = 0;
        for (int piece : pieces) {
            long wait = limit.take(piece, 0);
            assertThat(wait).isGreaterThanOrEqualTo(waited);
            waited = wait;
            assertThat((double) wait)
                    .isCloseTo(Math.max(0, sum * NANOS_A_SECOND / rate - SAVED_NANOS), within(pieces.size() + 1.0));
            sum += piece;
        }
    }

    @Property
    void keepsNobodyWithoutALimit(@ForAll @LongRange(min = 0, max = 1L << 50) long bytes, @ForAll long now) {
        RateLimit limit = RateLimit.none();
        long later = Math.max(now, Long.MIN_VALUE + SAVED_NANOS);
        assertThat(limit.take(bytes, later)).isZero();
        assertThat(limit.take(bytes, later)).isZero();
    }
}
