package io.jmigrate.runtime.linux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A seccomp agent (seccomp_unotify(2)): lets all calls that it is asked about go on, but for some that it answers itself. */
public final class SeccompAgent implements AutoCloseable {
    private static final long RECEIVE = 0xc0502100L; // SECCOMP_IOCTL_NOTIF_RECV
    private static final long SEND = 0xc0182101L; // SECCOMP_IOCTL_NOTIF_SEND
    private static final int GO_ON = 1; // SECCOMP_USER_NOTIF_FLAG_CONTINUE
    private static final int MESSAGE_BYTES = 65_536;

    private final Fd listening;
    private final Map<Integer, Integer> errnos;
    private final BlockingQueue<JsonNode> states = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    private SeccompAgent(Fd listening, Map<Integer, Integer> errnos) {
        this.listening = listening;
        this.errnos = errnos;
    }

    /**
     * @param socket its name
     * @param errnos what some system calls, by their numbers, are answered with
     */
    public static SeccompAgent at(Path socket, Map<Integer, Integer> errnos) {
        SeccompAgent agent = new SeccompAgent(Sockets.listen(socket, 0600), errnos);
        Thread.ofPlatform().daemon().start(agent::serve);
        return agent;
    }

    /** The states that it was sent, in order. */
    public BlockingQueue<JsonNode> states() {
        return states;
    }

    private boolean isReady(Fd fd) {
        return !Readiness.await(List.of(fd), Duration.ofMillis(50)).isEmpty();
    }

    private void serve() {
        while (!closed) {
            if (isReady(listening)) {
                try (Fd connection = Sockets.accept(listening)) {
                    Received received = Sockets.receive(connection, MESSAGE_BYTES, 1);
                    states.add(new ObjectMapper().readTree(received.data().array()));
                    Fd filter = received.fds().getFirst();
                    Thread.ofPlatform().daemon().start(() -> answer(filter));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        listening.close();
    }

    private void answer(Fd filter) {
        try (filter) {
            while (!closed) {
                if (isReady(filter) && !answerOne(filter)) {
                    return; // the last process is gone
                }
            }
        }
    }

    private boolean answerOne(Fd filter) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment notification = arena.allocate(80, 8);
            if (SystemCall.IOCTL.raw(filter.number(), RECEIVE, notification.address()) < 0) {
                return false;
            }
            int errno = errnos.getOrDefault(notification.get(ValueLayout.JAVA_INT, 16), 0);
            MemorySegment response = arena.allocate(24, 8);
            response.set(ValueLayout.JAVA_LONG, 0, notification.get(ValueLayout.JAVA_LONG, 0));
            response.set(ValueLayout.JAVA_INT, 16, -errno);
            response.set(ValueLayout.JAVA_INT, 20, errno == 0 ? GO_ON : 0);
            SystemCall.IOCTL.raw(filter.number(), SEND, response.address());
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
