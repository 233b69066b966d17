package io.jmigrate.pages.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a copy of a descriptor holds back: here it is the end of a pipe. */
class KeptMemoryTest {
    /** As many processes of root without CAP_SYS_RESOURCE may usually have on their way before nobody may send any. */
    private static final int PROCESSES = 1024;

    private final FdPair sockets = Sockets.pair(SocketType.SEQPACKET);
    private final FdPair pipe = Descriptors.pipe();
    private final KeptMemory kept = new KeptMemory(sockets.first());

    @AfterEach
    void close() {
        kept.close();
        sockets.close();
        pipe.close();
    }

    private void send(int copies) {
        for (int i = 0; i < copies; i++) {
            Sockets.send(sockets.second(), ByteBuffer.wrap(new byte[Integer.BYTES]), List.of(pipe.second()));
        }
        pipe.second().close();
    }

    private boolean isHeld() {
        return !Readiness.readable(pipe.first(), Duration.ZERO);
    }

    /** Descriptors that wait in a socket (proc_pid_fdinfo(5)). */
    private static String onTheirWayTo(Fd socket) {
        try {
            return Files.readString(Path.of("/proc/self/fdinfo/" + socket.number()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isHeldUntilAllMemoryIsThere() {
        send(1);
        await().untilAsserted(() -> assertThat(onTheirWayTo(sockets.first())).contains("scm_fds: 0"));
        assertThat(isHeld()).isTrue();

        kept.complete();

        assertThat(isHeld()).isFalse();
    }

    @Test
    void noneWaitsInTheSocketHoweverManyProcessesThereAre() {
        send(PROCESSES);

        await().untilAsserted(() -> assertThat(onTheirWayTo(sockets.first())).contains("scm_fds: 0"));
        assertThat(isHeld()).isTrue();
        kept.close();
        assertThat(isHeld()).isFalse();
    }

    @Test
    void endsThoughTheOtherEndHasEnded() {
        send(3);
        sockets.second().close();

        await().untilAsserted(() -> assertThat(onTheirWayTo(sockets.first())).contains("scm_fds: 0"));
        assertThat(isHeld()).isTrue();
        kept.close();
        assertThat(isHeld()).isFalse();
    }
}
