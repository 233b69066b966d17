package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTokenTest {
    private final CancelToken token = new CancelToken();

    @Test
    void forbidsTheCommitOnceItWasCancelled() {
        assertThat(token.cancel("the signal INT")).isTrue();
        assertThatThrownBy(token::seal)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.CANCELLED))
                .hasMessage("the migration was cancelled by the signal INT");
    }

    @Test
    void comesTooLateAfterTheCommit() {
        List<Failure> woken = new ArrayList<>();
        token.onCancel(woken::add);
        token.seal();
        assertThat(token.cancel("the signal INT")).isFalse();
        token.check();
        assertThat(woken).isEmpty();
        RuntimeException met = new IllegalStateException();
        assertThat(token.reasonOf(met)).isSameAs(met);
    }

    @Test
    void wakesWhoeverWaitsOnceAlsoIfItWaitsLater() {
        List<Failure> early = new ArrayList<>();
        List<Failure> late = new ArrayList<>();
        token.onCancel(early::add);
        token.cancel("the signal INT");
        token.cancel("the signal TERM");
        token.onCancel(late::add);
        assertThat(early).isEqualTo(late).singleElement().asString().contains("the signal INT");
    }

    @Test
    void isTheReasonOfWhatGoesWrongAfterIt() {
        token.cancel("the signal INT");
        RuntimeException met = new IllegalStateException("the link is gone");
        assertThat(token.reasonOf(met)).hasMessageContaining("the signal INT").hasCause(met);
    }
}
