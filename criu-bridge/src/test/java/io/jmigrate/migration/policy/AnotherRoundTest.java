package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnotherRoundTest {
    private static final long MIB = 1 << 20;

    @Test
    void paysAfterAFirstRoundThatTookLong() {
        assertThat(AnotherRound.pays(List.of(256 * MIB))).isTrue();
    }

    @Test
    void doesNotPayWhereLittleIsLeft() {
        assertThat(AnotherRound.pays(List.of(MIB))).isFalse();
        assertThat(AnotherRound.pays(List.of(256 * MIB, 100 * MIB, MIB))).isFalse();
    }

    @Test
    void paysAsLongAsItGetsLess() {
        assertThat(AnotherRound.pays(List.of(256 * MIB, 100 * MIB))).isTrue();
        assertThat(AnotherRound.pays(List.of(256 * MIB, 100 * MIB, 90 * MIB))).isFalse();
    }

    @Test
    void endsSometime() {
        assertThat(AnotherRound.pays(List.of(1024 * MIB, 512 * MIB, 256 * MIB, 128 * MIB, 64 * MIB)))
                .isFalse();
    }
}
