package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int PIPE_BUF = 4096;

    @Test
    void aPipeCanBeReadWhenThereIsSomethingOrTheEnd() {
        try (FdPair pipe = Descriptors.pipe()) {
            assertThat(Readiness.readable(pipe.first(), SHORT)).isFalse();
            Descriptors.writeFully(pipe.second(), ByteBuffer.allocate(1));
            assertThat(Readiness.readable(pipe.first(), SHORT)).isTrue();
            Descriptors.read(pipe.first(), ByteBuffer.allocate(1));
            assertThat(Readiness.readable(pipe.first(), SHORT)).isFalse();
            pipe.second().close();
            assertThat(Readiness.readable(pipe.first(), SHORT)).isTrue();
        }
    }

    @Test
    void aPipeCanBeWrittenUntilItIsFullAndWhenNobodyReads() {
        try (FdPair pipe = Descriptors.pipe()) {
            while (Readiness.writable(pipe.second(), SHORT)) {
                Descriptors.writeFully(pipe.second(), ByteBuffer.allocate(PIPE_BUF));
            }
            assertThat(Readiness.writable(pipe.second(), SHORT)).isFalse();
            pipe.first().close();
            assertThat(Readiness.writable(pipe.second(), SHORT)).isTrue();
        }
    }
}
