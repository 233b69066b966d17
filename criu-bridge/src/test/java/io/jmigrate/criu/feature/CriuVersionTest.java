package io.jmigrate.criu.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CriuVersionTest {
    @Test
    void readsWhatCriuPrints() {
        assertThat(CriuVersion.parse("Version: 4.2.1\nGitID: v4.2.1\n")).contains(new CriuVersion(4, 2, 1));
        assertThat(CriuVersion.parse("Version: 4.2")).contains(new CriuVersion(4, 2, 0));
    }

    @Test
    void readsNothingFromSomethingElse() {
        assertThat(CriuVersion.parse("usage: criu")).isEmpty();
        assertThat(CriuVersion.parse("Version: 99999999.1")).isEmpty();
    }

    @Test
    void comparesNumbersNotText() {
        assertThat(new CriuVersion(3, 17, 1)).isLessThan(CriuVersion.REQUIRED);
        assertThat(new CriuVersion(4, 10, 0)).isGreaterThan(CriuVersion.REQUIRED);
        assertThat(new CriuVersion(4, 2, 0)).isEqualByComparingTo(CriuVersion.REQUIRED);
    }
}
