package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRefTest {
    @Test
    void isReadAsItWasWritten() {
        ProcessRef process = new ProcessRef(4711, 8_123_456_789L);
        assertThat(ProcessRef.ofText(process.text())).isEqualTo(process);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "4711 ", "0 1", "4711 1 2", "one 1"})
    void isNotReadFromSomethingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessRef.ofText(text));
    }
}
