package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSearchTest {
    private static final double MB = 1e6;

    @Test
    void paysInFrontOfASlowLink() {
        assertThat(new KnownSearch(1300 * MB, 125 * MB, 0).pays()).isTrue();
    }

    @Test
    void doesNotPayInFrontOfAFastOne() {
        assertThat(new KnownSearch(1300 * MB, 900 * MB, 0).pays()).isFalse();
    }

    @Test
    void paysInFrontOfAFastOneWhereMostIsFound() {
        assertThat(new KnownSearch(1300 * MB, 900 * MB, 0.9).pays()).isTrue();
        assertThat(new KnownSearch(1300 * MB, 900 * MB, 0.5).pays()).isFalse();
    }

    @Test
    void paysWhereNothingHasToBeSent() {
        assertThat(new KnownSearch(1300 * MB, 0, 0).pays()).isTrue();
    }
}
