package io.jmigrate.pages.track;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FdPair;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.SocketType;
import io.jmigrate.runtime.linux.Sockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The native program that gets userfaultfds out of processes (native/track/track.h), and the conversation with it. */
final class TrackProgram implements AutoCloseable {
    private static final int CONTROL_NUMBER = 3; // TRACK_CONTROL
    private static final int ATTACH = 1; // TRACK_ATTACH
    private static final int CLOSE = 2; // TRACK_CLOSE
    private static final int ATTACHED = 1; // TRACK_ATTACHED
    private static final int CLOSED = 2; // TRACK_CLOSED
    private static final int UNSUPPORTED = 4; // TRACK_UNSUPPORTED
    private static final int REQUEST_BYTES = 16;
    private static final int ANSWER_BYTES = 24;
    private static final int NUMBER_AT = 8;
    private static final int PACKET_BYTES_MAX = 512;

    /** Longer than the program takes for any request (SERVICE_LIMIT_MILLIS of native/track/main.c). */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    private final Child program;
    private final Fd socket;
    private int number;

    private TrackProgram(Child program, Fd socket) {
        this.program = program;
        this.socket = socket;
    }

    /**
     * @param program {@code jmigrate-track}
     * @throws Failure PAGES_IO if it can't be started
     */
    static TrackProgram start(Launcher launcher, Path program) {
        FdPair sockets = Sockets.pair(SocketType.SEQPACKET);
        try (Fd theirs = sockets.second()) {
            Child child = launcher.launch(Launch.of(program)
                    .withDescriptors(Map.of(CONTROL_NUMBER, theirs))
                    .inNewSession());
            Sockets.setReceiveLimit(sockets.first(), ANSWER_LIMIT);
            return new TrackProgram(child, sockets.first());
        } catch (LaunchException e) {
            sockets.close();
            throw Failure.of(PageCode.PAGES_IO, "cannot execute " + program + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    /** Gets a userfaultfd of its memory. */
    Attachment attach(ProcessRef process) {
        Received received = ask(process, ATTACH, 0);
        ByteBuffer data = received.data();
        if (data.remaining() < ANSWER_BYTES) {
            received.fds().forEach(Fd::close);
            return new Attachment.Refused("jmigrate-track gives no answer", false);
        }
        int outcome = data.getInt();
        int error = data.getInt();
        data.getInt(); // the request's number
        boolean kept = data.getInt() != 0;
        long stoppedNanos = data.getLong();
        if (outcome == ATTACHED && received.fds().size() == 1) {
            return new Attachment.Attached(received.fds().getFirst(), kept, stoppedNanos);
        }
        received.fds().forEach(Fd::close);
        String reason = StandardCharsets.UTF_8.decode(data) + (error == 0 ? "" : ": " + new Errno(error).text());
        return new Attachment.Refused(reason, outcome == UNSUPPORTED);
    }

    /** Has it close a descriptor, if that is a userfaultfd. @return false if that can't be done now */
    boolean closeIn(ProcessRef process, int descriptor) {
        Received received = ask(process, CLOSE, descriptor);
        received.fds().forEach(Fd::close);
        return received.data().remaining() >= ANSWER_BYTES && received.data().getInt() == CLOSED;
    }

    private Received ask(ProcessRef process, int word, int descriptor) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(word)
                .putInt(process.pid())
                .putInt(descriptor)
                .putInt(++number)
                .flip();
        try (Fd pidfd = Processes.pidfdOpen(process.pid())) {
            if (!Processes.alive(process)) {
                return nothing();
            }
            Sockets.send(socket, request, List.of(pidfd));
            return answer();
        } catch (LinuxException e) {
            return nothing(); // it has ended, or jmigrate-track has
        }
    }

    /** Of this request: another one's may come too late, or a second one when the program was killed after the first. */
    private Received answer() {
        while (true) {
            Received received = receive();
            ByteBuffer data = received.data();
            if (data.remaining() < ANSWER_BYTES || data.getInt(data.position() + NUMBER_AT) == number) {
                return received;
            }
            received.fds().forEach(Fd::close);
        }
    }

    private Received receive() {
        try {
            return Sockets.receive(socket, PACKET_BYTES_MAX, 1);
        } catch (LinuxException e) {
            Sockets.shutdown(socket); // it is asked nothing more
            throw e;
        }
    }

    private static Received nothing() {
        return new Received(ByteBuffer.allocate(0), List.of());
    }

    /** Ends it. */
    @Override
    public void close() {
        socket.close();
        program.exited().handle((status, lost) -> status).join(); // the launcher's end is nothing to wait for
    }
}
