package io.jmigrate.criu.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CriuVersionTest {
    @Test
    void comparesNumbersNotText() {
        assertThat(new CriuVersion(3, 17, 1)).isLessThan(CriuVersion.REQUIRED);
        assertThat(new CriuVersion(4, 10, 0)).isGreaterThan(CriuVersion.REQUIRED);
        assertThat(new CriuVersion(4, 2, 0)).isEqualByComparingTo(CriuVersion.REQUIRED);
    }
}
