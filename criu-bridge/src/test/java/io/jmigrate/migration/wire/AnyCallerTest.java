package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node's port and callers that are anything; real sockets on loopback. */
class AnyCallerTest {
    private static final Duration LONG = Patience.LIMIT;
    /** Of a caller that says nothing however long one waits. */
    private static final Duration SILENCE = Duration.ofMillis(500);
    /** Long enough for a greeting on a busy machine. */
    private static final Duration STALL = Duration.ofSeconds(5);

    private final BlockingQueue<RuntimeException> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private Wire node;
    private PeerAddress address;

    @BeforeEach
    void listen() {
        listen(LONG);
    }

    private void listen(Duration limit) {
        node = Wire.open(new WireSecurity.Plaintext(), Duration.ZERO, limit);
        address = node.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, this::serve);
    }

    private void serve(Connection connection) {
        sessions.incrementAndGet();
        try {
            connection.control().receive(LONG);
        } catch (RuntimeException e) {
            ends.add(e);
        } finally {
            sessions.decrementAndGet();
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Socket call() throws IOException {
        return new Socket(address.host(), address.port());
    }

    /** The node hangs up. @return what it said before */
    private static byte[] rest(Socket socket) throws IOException {
        socket.setSoTimeout((int) LONG.toMillis());
        InputStream in = socket.getInputStream();
        return in.readAllBytes();
    }

    private RuntimeException end() throws InterruptedException {
        RuntimeException end = ends.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await().until(() -> sessions.get() == 0);
        return end;
    }

    @Test
    void tellsAnotherVersionItsOwnAndHangsUp() throws IOException {
        try (Socket caller = call()) {
            caller.getOutputStream().write(new Greeting(999, Role.CONTROL).encode());
            assertThat(rest(caller)).isEqualTo(Greeting.of(Role.CONTROL).encode());
        }
        assertThat(sessions).hasValue(0);
    }

    @Test
    void saysNothingToWhoeverIsNoNode() throws IOException {
        try (Socket caller = call()) {
            caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(rest(caller)).isEmpty();
        }
        assertThat(sessions).hasValue(0);
    }

    @Test
    void hangsUpOnACallerThatSaysNothing() throws IOException {
        node.close();
        listen(SILENCE);
        try (Socket caller = call()) {
            assertThat(rest(caller)).isEmpty();
        }
        assertThat(sessions).hasValue(0);
    }

    @Test
    void endsTheSessionOfACallerThatSendsAFrameBeyondTheBound() throws IOException, InterruptedException {
        try (Socket caller = call()) {
            caller.getOutputStream().write(Greeting.of(Role.CONTROL).encode());
            assertThat(caller.getInputStream().readNBytes(Greeting.BYTES)).hasSize(Greeting.BYTES);
            caller.getOutputStream()
                    .write(ByteBuffer.allocate(Frame.HEADER_BYTES)
                            .put((byte) FrameType.CONTROL.number())
                            .put((byte) 0)
                            .putShort((short) 0)
                            .putInt(Frame.PAYLOAD_BYTES_MAX + 1)
                            .putInt(0)
                            .array());
            assertThat(rest(caller)).isEmpty();
            assertThat(end())
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL))
                    .hasMessageContaining("a frame of " + (Frame.PAYLOAD_BYTES_MAX + 1) + " bytes");
        }
    }

    @Test
    void endsTheSessionOfACallerThatHangsUpInTheMiddleOfAFrame() throws IOException, InterruptedException {
        try (Socket caller = call()) {
            caller.getOutputStream().write(Greeting.of(Role.CONTROL).encode());
            caller.getOutputStream().write(new byte[] {1, 0, 0});
        }
        assertThat(end()).hasMessageContaining("closed the connection");
    }

    /** What arrives and is not taken stays in the sender's hands beyond a bound. */
    @Test
    void takesNoMoreThanItsQueueOfWhatNobodyReceives() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (Wire idle = Wire.open(new WireSecurity.Plaintext(), Duration.ZERO, LONG);
                Wire wire = Wire.open(new WireSecurity.Plaintext(), Duration.ZERO, STALL)) {
            PeerAddress there = idle.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, connection -> await(over));
            try (Data data = wire.connect(there, Role.DATA).data()) {
                int[] sent = new int[1];
                assertThatThrownBy(() -> {
                            while (sent[0] < 1000) {
                                data.send(new DataMessage.ImageData(new byte[Frame.PAYLOAD_BYTES_MAX]));
                                sent[0]++;
                            }
                        })
                        .hasMessageContaining("takes no data");
                assertThat(sent[0]).isBetween(8, 100);
            } finally {
                over.countDown();
            }
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
