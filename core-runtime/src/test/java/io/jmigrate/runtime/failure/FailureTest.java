package io.jmigrate.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void keepsMessageCodeAndSuppressedWhenDetailsAndCauseAreAdded() {
        Failure first = Failure.of(RuntimeCode.IO, "cannot read /x");
        first.addSuppressed(new IllegalStateException("close failed"));

        Failure last = first.withDetails(List.of("a", "b")).withCause(new RuntimeException("disk"));

        assertThat(last).hasMessage("cannot read /x").hasRootCauseMessage("disk");
        assertThat(last.code()).isEqualTo(RuntimeCode.IO);
        assertThat(last.details()).containsExactly("a", "b");
        assertThat(last.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
