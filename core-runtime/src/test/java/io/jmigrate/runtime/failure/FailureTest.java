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

    @Test
    void aStackTraceShowsTheDetails() {
        Failure failure = Failure.of(RuntimeCode.IO, "cannot read /x");

        assertThat(failure).hasToString(Failure.class.getName() + ": cannot read /x");
        assertThat(failure.withDetails(List.of("a", "b")))
                .hasToString(Failure.class.getName() + ": cannot read /x\n    a\n    b");
    }

    @Test
    void saysItInOtherWordsWithAllElseThatItSaid() {
        Failure first = Failure.of(RuntimeCode.IO, "cannot read /x")
                .withDetails(List.of("a"))
                .withRemedy("mend the disk");
        first.addSuppressed(new IllegalStateException("close failed"));

        Failure told = first.saying("cannot start \"web\": cannot read /x");

        assertThat(told).hasMessage("cannot start \"web\": cannot read /x").hasCause(first);
        assertThat(told.code()).isEqualTo(RuntimeCode.IO);
        assertThat(told.details()).containsExactly("a");
        assertThat(told.remedy()).contains("mend the disk");
        assertThat(told.getSuppressed()).isEqualTo(first.getSuppressed());
    }
}
