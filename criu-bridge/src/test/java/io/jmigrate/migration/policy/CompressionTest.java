package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final double MB = 1e6;

    @Test
    void paysWhereTheLinkIsSlowAndPagesGetSmaller() {
        assertThat(new Compression(125 * MB, 300 * MB, 0.4).pays()).isTrue();
    }

    @Test
    void doesNotPayWhereTheLinkIsFasterThanTheCompressor() {
        assertThat(new Compression(800 * MB, 300 * MB, 0.4).pays()).isFalse();
    }

    @Test
    void doesNotPayWherePagesStayAsTheyAre() {
        assertThat(new Compression(12 * MB, 3000 * MB, 1).pays()).isFalse();
    }

    @Property
    void aSlowerLinkNeverMakesItWorthLess(
            @ForAll @DoubleRange(min = 1e3, max = 1e10) double link,
            @ForAll @DoubleRange(min = 1, max = 100) double slower,
            @ForAll @DoubleRange(min = 1e6, max = 1e10) double rate,
            @ForAll @DoubleRange(min = 0, max = 1) double part) {
        if (new Compression(link, rate, part).pays()) {
            assertThat(new Compression(link / slower, rate, part).pays()).isTrue();
        }
    }

    @Property
    void whatPaysArrivesSooner(
            @ForAll @DoubleRange(min = 1e3, max = 1e10) double link,
            @ForAll @DoubleRange(min = 1e6, max = 1e10) double rate,
            @ForAll @DoubleRange(min = 0, max = 2) double part) {
        if (new Compression(link, rate, part).pays()) {
            assertThat(Math.min(rate, part == 0 ? rate : link / part)).isGreaterThan(link);
        }
    }
}
