package io.jmigrate.pages.fill;

import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The conversation with the guard, a packet each way at a time.
 *
 * @param socket closed with this
 */
record Guard(Fd socket) implements AutoCloseable {
    private static final int PACKET_BYTES_MAX = 1024;

    /**
     * What the guard says.
     *
     * @param word FAILED too if it has ended
     * @param text the reason, if there is one
     * @param descriptor with READY: the buffer, which is the receiver's now
     */
    record Answer(FillWord word, String text, Optional<Fd> descriptor) {}

    /** Names the container's first process. */
    void name(int root) {
        tell(FillWord.GUARD, root); // if it has ended, the answer tells
    }

    /**
     * The container may run: whoever has files goes on without this process from now on.
     *
     * @return false if the guard has ended
     */
    boolean release() {
        return tell(FillWord.RELEASE, 0);
    }

    private boolean tell(FillWord word, int number) {
        ByteBuffer packet = ByteBuffer.allocate(2 * Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(word.number())
                .putInt(number)
                .flip();
        try {
            Sockets.send(socket, packet, List.of());
            return true;
        } catch (LinuxException e) {
            return false;
        }
    }

    /** Waits for the next word. */
    Answer answer() {
        try {
            Received received = Sockets.receive(socket, PACKET_BYTES_MAX, 1);
            if (received.data().remaining() < Integer.BYTES) {
                received.fds().forEach(Fd::close);
                return lost();
            }
            FillWord word = FillWord.of(received.data().getInt()).orElse(FillWord.FAILED);
            String text = StandardCharsets.UTF_8.decode(received.data()).toString();
            return new Answer(word, text, received.fds().stream().findFirst());
        } catch (LinuxException e) {
            return lost();
        }
    }

    /** What it has said, if it has or does so at once. */
    Optional<Answer> answerNow(Duration limit) {
        return Readiness.readable(socket, limit) ? Optional.of(answer()) : Optional.empty();
    }

    /** Waits until it has ended, and whoever took its place. */
    void awaitEnd() {
        try {
            while (Sockets.receive(socket, PACKET_BYTES_MAX, 0).data().hasRemaining()) {
                // a last word that nobody waits for any more
            }
        } catch (LinuxException e) {
            // it has ended
        }
    }

    private static Answer lost() {
        return new Answer(FillWord.FAILED, "its guard was killed", Optional.empty());
    }

    @Override
    public void close() {
        socket.close();
    }
}
