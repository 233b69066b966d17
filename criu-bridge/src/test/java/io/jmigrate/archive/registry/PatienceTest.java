package io.jmigrate.archive.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void givesWhatWasAwaited() throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Patience patience = new Patience(() -> {}, threads);
            assertThat(patience.<String>await(LONG, () -> "there")).isEqualTo("there");
            assertThatThrownBy(() -> patience.await(LONG, () -> {
                        throw new IOException("broken");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
        }
    }

    @Test
    void endsWhenNothingIsHeard() {
        CountDownLatch never = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Patience patience = new Patience(() -> {}, threads);
            assertThatThrownBy(() -> patience.await(Duration.ZERO, () -> {
                        never.await();
                        return "";
                    }))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("nothing was heard for 0 s");
        }
    }
}
