package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Received;
import io.jmigrate.runtime.linux.Sockets;
import io.jmigrate.runtime.wire.WireException;
import io.jmigrate.runtime.wire.WireReader;
import io.jmigrate.runtime.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames over a stream socket: u32 payload length, u32 type, payload; descriptors travel with the first byte. */
final class FrameChannel {
    private static final int HEADER_BYTES = 8;
    private static final int PAYLOAD_BYTES_MAX = 4 << 20;
    private static final int READ_BYTES_MAX = 64 << 10;

    private final Fd socket;
    private final Object sending = new Object();
    private ByteBuffer unread = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    private List<Fd> fds = new ArrayList<>();

    FrameChannel(Fd socket) {
        this.socket = socket;
    }

    /** Sends one frame, whole, whatever other threads send. */
    void send(FrameType type, WireWriter payload, List<Fd> descriptors) {
        if (payload.size() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + payload.size() + " bytes is too long");
        }
        WireWriter frame =
                new WireWriter().u32(payload.size()).u32(type.number()).raw(payload);
        synchronized (sending) {
            Sockets.send(socket, frame.toBuffer(), descriptors);
        }
    }

    /** Waits for the next frame; empty when the peer has closed. To be called by one thread. */
    Optional<Frame> receive() {
        try {
            return receiveFrame();
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ECONNRESET)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Frame> receiveFrame() {
        if (!fill(HEADER_BYTES)) {
            return Optional.empty();
        }
        int length = unread.getInt();
        FrameType type = FrameType.of(unread.getInt());
        if (length < 0 || length > PAYLOAD_BYTES_MAX || !fill(length)) {
            throw new WireException("a broken " + type + " frame", null);
        }
        ByteBuffer payload = unread.slice(unread.position(), length);
        unread.position(unread.position() + length);
        List<Fd> taken = fds;
        // only HELLO brings descriptors, and it is the only frame that does: what came with its bytes is its own
        fds = new ArrayList<>();
        return Optional.of(new Frame(type, new WireReader(payload), taken));
    }

    /** Closes those that have come with no whole frame. */
    void dropDescriptors() {
        fds.forEach(Fd::close);
        fds.clear();
    }

    private boolean fill(int bytes) {
        while (unread.remaining() < bytes) {
            Received received = Sockets.receive(socket, READ_BYTES_MAX, Sockets.FDS_MAX);
            if (received.eof()) {
                return false;
            }
            fds.addAll(received.fds());
            unread = ByteBuffer.allocate(unread.remaining() + received.data().remaining())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(unread)
                    .put(received.data())
                    .flip();
        }
        return true;
    }
}
