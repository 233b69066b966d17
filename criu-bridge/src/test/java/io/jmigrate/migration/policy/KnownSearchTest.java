package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSearchTest {
    private static final double MB = 1e6;

    @Test
    void paysInFrontOfASlowLink() {
        assertThat(new KnownSearch(1300 * MB, 125 * MB).pays()).isTrue();
    }

    @Test
    void doesNotPayInFrontOfAFastOne() {
        assertThat(new KnownSearch(1300 * MB, 900 * MB).pays()).isFalse();
    }

    @Test
    void paysWhereNothingHasToBeSent() {
        assertThat(new KnownSearch(1300 * MB, 0).pays()).isTrue();
    }
}
