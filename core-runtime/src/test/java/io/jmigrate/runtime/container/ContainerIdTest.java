package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"web", "a", "A_b+c.d-e", "0123", "-x", "+"})
    void acceptsWhatIsSafeAsAFileName(String text) {
        assertThat(ContainerId.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".web", "a/b", "../web", "a b", "ä", "web\n", "a\0b"})
    void refusesWhatCouldLeaveTheRuntimeRoot(String text) {
        assertThatThrownBy(() -> ContainerId.of(text))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_ID))
                .message()
                .startsWith("the container id")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {241, 1025})
    void refusesWhatIsLongerThanAFileNameMayBe(int length) {
        assertThatThrownBy(() -> ContainerId.of("x".repeat(length))).hasMessageContaining(length + " characters");
    }
}
